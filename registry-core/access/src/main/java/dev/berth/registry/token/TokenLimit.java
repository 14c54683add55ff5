package dev.berth.registry.token;

import dev.berth.registry.internal.wire.Scope;
import dev.berth.registry.internal.wire.ScopeSet;
import dev.berth.registry.server.AccessLimit;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RequestedAccess;

/**
 * Restricts a caller to the scopes of its token, and to what it was restricted to before. Immutable.
 *
 * @param scopes the scopes of the token
 * @param caller the caller without the token
 */
record TokenLimit(ScopeSet scopes, Caller caller) implements AccessLimit {

    /** Returns a caller as it is with a token of these scopes. */
    static Caller limited(Caller caller, ScopeSet scopes, RequestedAccess access) {
        // The catalogue is filtered by what the caller may see, not by the repositories that the token names.
        return access.action() == RequestedAccess.Action.CATALOG && scopes.covers(Scopes.needed(access))
                ? caller
                : caller.toBuilder().limit(new TokenLimit(scopes, caller)).build();
    }

    @Override
    public boolean allows(RequestedAccess access) {
        return caller.isWithinLimit(access)
                && (access.action() == RequestedAccess.Action.ROUTE
                        ? scopes.covers(Scopes.needed(access))
                        : access.repository().isEmpty() || hasScope(access));
    }

    private boolean hasScope(RequestedAccess access) {
        String repository = access.repository().orElseThrow().value();
        String action = switch (access.action()) {
            case PULL -> "pull";
            case PUSH -> "push";
            default -> "delete";
        };
        return scopes.covers(ScopeSet.of(Scope.ofRepository(repository, action)));
    }
}

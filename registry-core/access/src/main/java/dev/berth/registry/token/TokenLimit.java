package dev.berth.registry.token;

import dev.berth.registry.RepositoryName;
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
 * @param ofAccount whether the caller is an account with rights of its own
 */
record TokenLimit(ScopeSet scopes, Caller caller, boolean ofAccount) implements AccessLimit {

    /** Returns an account as it is with a token of these scopes. */
    static Caller ofAccount(Caller caller, ScopeSet scopes, RequestedAccess access) {
        return limited(new TokenLimit(scopes, caller, true), access);
    }

    /** Returns a caller as it is with a token of these scopes, who has no rights but those of the token. */
    static Caller ofToken(Caller caller, ScopeSet scopes, RequestedAccess access) {
        return limited(new TokenLimit(scopes, caller, false), access);
    }

    private static Caller limited(TokenLimit limit, RequestedAccess access) {
        // The catalogue is filtered by what the caller may see, not by the repositories that the token names.
        return access.action() == RequestedAccess.Action.CATALOG && limit.scopes.covers(Scopes.needed(access))
                ? limit.caller
                : limit.caller.toBuilder().limit(limit).build();
    }

    /**
     * A client that names no source cannot ask for a token for it. So that depends on what the account may pull, as it would
     * if the client pushed what it has pulled before.
     */
    @Override
    public boolean allowsMountFrom(RepositoryName source) {
        return ofAccount
                ? caller.limit().map(limit -> limit.allowsMountFrom(source)).orElse(true)
                : allows(RequestedAccess.pull(source));
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

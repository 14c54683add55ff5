package dev.berth.registry.testing;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.wire.Scope;
import dev.berth.registry.internal.wire.ScopeSet;
import dev.berth.registry.server.RequestedAccess;
import java.util.Optional;

/** The scopes that a token must have for a request. */
final class NeededScopes {
    private NeededScopes() {}

    /** Returns the scopes that an access needs: none for the ping and for what is beside the API. */
    static ScopeSet of(RequestedAccess access) {
        ScopeSet needed = switch (access.action()) {
            // Any token will do.
            case PING, ROUTE -> ScopeSet.none();
            case CATALOG -> ScopeSet.of(Scope.ofCatalog());
            case PULL -> ScopeSet.pull(name(access.repository()));
            case DELETE -> ScopeSet.of(Scope.ofRepository(name(access.repository()).value(), "delete"));
            default -> ScopeSet.push(name(access.repository()));
        };
        return access.mountSource()
                .map(source -> needed.and(ScopeSet.pull(source)))
                .orElse(needed);
    }

    private static RepositoryName name(Optional<RepositoryName> repository) {
        return repository.orElseThrow();
    }
}

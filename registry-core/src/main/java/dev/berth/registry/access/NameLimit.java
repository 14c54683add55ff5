package dev.berth.registry.access;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.server.AccessLimit;
import dev.berth.registry.server.RequestedAccess;
import java.util.Objects;
import java.util.Optional;

/**
 * Restricts credentials to a role in some repositories: what a robot or a personal token is good for. Immutable.
 *
 * <p>The catalogue is allowed and shows these repositories only. Handlers outside the API are not allowed.
 *
 * @param repositories the repositories
 * @param role the role that the caller has there at most
 * @since 0.1
 */
public record NameLimit(NameSet repositories, Role role) implements AccessLimit {

    /** Checks that nothing is null. */
    public NameLimit {
        Objects.requireNonNull(repositories, "repositories");
        Objects.requireNonNull(role, "role");
    }

    @Override
    public boolean allows(RequestedAccess access) {
        return switch (access.action()) {
            case PING, CATALOG -> true;
            case PULL -> allows(Action.PULL, access.repository());
            case PUSH -> allows(Action.PUSH, access.repository());
            case DELETE -> allows(Action.DELETE, access.repository());
            default -> false;
        };
    }

    private boolean allows(Action action, Optional<RepositoryName> repository) {
        return role.allows(action) && repository.filter(repositories::contains).isPresent();
    }
}

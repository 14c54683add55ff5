package dev.berth.registry.access;

import java.util.Objects;

/**
 * Gives somebody a role in some repositories. Grants only add: there is none that takes away, and none that comes before
 * another, so their order does not matter.
 *
 * @param grantee who has the role
 * @param repositories in which repositories
 * @param role the role
 * @since 0.1
 */
public record Grant(Grantee grantee, NamePattern repositories, Role role) {

    /** Checks that nothing is null. */
    public Grant {
        Objects.requireNonNull(grantee, "grantee");
        Objects.requireNonNull(repositories, "repositories");
        Objects.requireNonNull(role, "role");
    }

    /** Returns a text such as {@code group:dev is WRITER in dev/**}. */
    @Override
    public String toString() {
        return grantee + " is " + role + " in " + repositories;
    }
}

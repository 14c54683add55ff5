package dev.berth.registry.client.auth;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.wire.Scope;
import dev.berth.registry.internal.wire.ScopeSet;
import java.util.Optional;

/**
 * The access that a request needs.
 *
 * @param scopes what a token must allow
 * @param repository the repository whose credentials are used; empty for a request that is not of one repository
 */
public record Access(ScopeSet scopes, Optional<RepositoryName> repository) {

    public static Access pull(RepositoryName name) {
        return new Access(ScopeSet.pull(name), Optional.of(name));
    }

    public static Access push(RepositoryName name) {
        return new Access(ScopeSet.push(name), Optional.of(name));
    }

    public static Access delete(RepositoryName name) {
        return new Access(ScopeSet.of(Scope.ofRepository(name.value(), "delete", "pull")), Optional.of(name));
    }

    /** A mount reads from one repository and writes to another one. */
    public static Access mount(RepositoryName target, RepositoryName source) {
        return new Access(ScopeSet.push(target).and(ScopeSet.pull(source)), Optional.of(target));
    }

    public static Access catalog() {
        return new Access(ScopeSet.of(Scope.ofCatalog()), Optional.empty());
    }

    public static Access none() {
        return new Access(ScopeSet.none(), Optional.empty());
    }
}

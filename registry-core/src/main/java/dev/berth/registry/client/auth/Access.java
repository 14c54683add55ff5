package dev.berth.registry.client.auth;

import dev.berth.registry.RepositoryName;
import java.util.Optional;

/**
 * What a request needs rights for.
 *
 * @param scopes what a token must allow
 * @param repository the repository whose credentials are used, where it is about one
 */
public record Access(ScopeSet scopes, Optional<RepositoryName> repository) {

    public static Access pull(RepositoryName name) {
        return new Access(ScopeSet.pull(name), Optional.of(name));
    }

    public static Access push(RepositoryName name) {
        return new Access(ScopeSet.push(name), Optional.of(name));
    }

    public static Access delete(RepositoryName name) {
        return new Access(ScopeSet.delete(name), Optional.of(name));
    }

    /** A mount reads from one repository and writes to another one. */
    public static Access mount(RepositoryName target, RepositoryName source) {
        return new Access(ScopeSet.push(target).and(ScopeSet.pull(source)), Optional.of(target));
    }

    public static Access catalog() {
        return new Access(ScopeSet.catalog(), Optional.empty());
    }

    public static Access none() {
        return new Access(ScopeSet.none(), Optional.empty());
    }
}

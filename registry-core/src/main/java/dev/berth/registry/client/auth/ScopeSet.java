package dev.berth.registry.client.auth;

import dev.berth.registry.RepositoryName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The scopes that a request needs, in an order that does not depend on how they came together: equal sets have the same
 * token.
 *
 * @param scopes sorted, each thing once
 */
record ScopeSet(List<Scope> scopes) {
    private static final ScopeSet NONE = new ScopeSet(List.of());

    ScopeSet {
        scopes = List.copyOf(scopes);
    }

    static ScopeSet none() {
        return NONE;
    }

    static ScopeSet of(Scope scope) {
        return new ScopeSet(List.of(scope));
    }

    static ScopeSet pull(RepositoryName name) {
        return of(Scope.of("repository", name.value(), "pull"));
    }

    static ScopeSet push(RepositoryName name) {
        return of(Scope.of("repository", name.value(), "pull", "push"));
    }

    static ScopeSet delete(RepositoryName name) {
        return of(Scope.of("repository", name.value(), "delete", "pull"));
    }

    static ScopeSet catalog() {
        return of(Scope.of("registry", "catalog", "*"));
    }

    /** Parses scopes that are separated by spaces, as a challenge has them. */
    static ScopeSet parse(String text) {
        ScopeSet all = NONE;
        for (String part : text.split(" ", -1)) {
            if (!part.isBlank()) {
                all = all.and(of(Scope.parse(part)));
            }
        }
        return all;
    }

    /** Returns all scopes of both, the actions on one thing put together. */
    ScopeSet and(ScopeSet more) {
        List<Scope> all = new ArrayList<>(scopes);
        for (Scope scope : more.scopes) {
            add(all, scope);
        }
        Collections.sort(all);
        return new ScopeSet(all);
    }

    private static void add(List<Scope> all, Scope scope) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).isAboutTheSameAs(scope)) {
                all.set(i, all.get(i).with(scope.actions()));
                return;
            }
        }
        all.add(scope);
    }

    boolean isEmpty() {
        return scopes.isEmpty();
    }

    @Override
    public String toString() {
        return scopes.stream().map(Scope::toString).collect(Collectors.joining(" "));
    }
}

package dev.berth.registry.internal.wire;

import dev.berth.registry.RepositoryName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The scopes of a challenge or of a request for a token, separated by spaces. Scopes are sorted, with one scope for
 * each resource, so equality does not depend on their order. Immutable.
 *
 * @param scopes the sorted scopes, one for each resource
 */
public record ScopeSet(List<Scope> scopes) {
    private static final ScopeSet NONE = new ScopeSet(List.of());

    /** Normalizes the scopes. */
    public ScopeSet {
        List<Scope> normalized = new ArrayList<>();
        scopes.forEach(scope -> add(normalized, scope));
        Collections.sort(normalized);
        scopes = List.copyOf(normalized);
    }

    public static ScopeSet none() {
        return NONE;
    }

    public static ScopeSet of(Scope... scopes) {
        return new ScopeSet(List.of(scopes));
    }

    /** Returns the scopes for reading a repository. */
    public static ScopeSet pull(RepositoryName name) {
        return of(Scope.ofRepository(name.value(), "pull"));
    }

    /** Returns the scopes for writing to a repository: pull and push, which token services grant together. */
    public static ScopeSet push(RepositoryName name) {
        return of(Scope.ofRepository(name.value(), "pull", "push"));
    }

    /** Parses scopes that are separated by spaces. */
    public static ScopeSet parse(String text) {
        List<Scope> scopes = new ArrayList<>();
        for (String part : text.split(" ", -1)) {
            if (!part.isBlank()) {
                scopes.add(Scope.parse(part));
            }
        }
        return new ScopeSet(scopes);
    }

    /** Returns the union of both sets. */
    public ScopeSet and(ScopeSet more) {
        List<Scope> all = new ArrayList<>(scopes);
        all.addAll(more.scopes);
        return new ScopeSet(all);
    }

    private static void add(List<Scope> all, Scope scope) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).isOfSameResource(scope)) {
                all.set(i, all.get(i).with(scope.actions()));
                return;
            }
        }
        all.add(scope);
    }

    /** Returns whether these scopes allow all actions of other scopes. */
    public boolean covers(ScopeSet needed) {
        return needed.scopes.stream().allMatch(each -> scopes.stream().anyMatch(scope -> scope.covers(each)));
    }

    public boolean isEmpty() {
        return scopes.isEmpty();
    }

    @Override
    public String toString() {
        return scopes.stream().map(Scope::toString).collect(Collectors.joining(" "));
    }
}

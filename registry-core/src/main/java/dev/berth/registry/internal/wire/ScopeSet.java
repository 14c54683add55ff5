package dev.berth.registry.internal.wire;

import dev.berth.registry.RepositoryName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Scopes, as challenges and requests for tokens have them: separated by spaces. Normalized: sorted, and each resource
 * stands once. So equal sets are equal, however they came about.
 *
 * @param scopes sorted, each resource once
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

    /** Returns what it takes to read a repository. */
    public static ScopeSet pull(RepositoryName name) {
        return of(Scope.ofRepository(name.value(), "pull"));
    }

    /** Returns what it takes to write to a repository, which token services give together with reading. */
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

    /** Returns the scopes of both. */
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

    /** Returns whether these allow everything that others need. */
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

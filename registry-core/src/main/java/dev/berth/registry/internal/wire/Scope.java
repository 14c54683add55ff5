package dev.berth.registry.internal.wire;

import java.util.Arrays;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Actions on one resource that a token allows, or is to allow, as Docker's token specification writes them:
 * {@code repository:team/app:pull,push}. Normalized: actions are sorted, and each stands once.
 *
 * @param type the kind of the resource, such as {@code repository}; empty if a scope is not of this form: its whole text
 *     is the name then
 * @param name the resource
 * @param actions what may be done with it; {@code *} is everything
 */
public record Scope(String type, String name, SortedSet<String> actions) implements Comparable<Scope> {
    private static final String EVERYTHING = "*";

    /** Copies the actions. */
    public Scope {
        actions = Collections.unmodifiableSortedSet(new TreeSet<>(actions));
    }

    public static Scope of(String type, String name, String... actions) {
        return new Scope(type, name, new TreeSet<>(Arrays.asList(actions)));
    }

    /** Returns a scope of a repository. */
    public static Scope ofRepository(String name, String... actions) {
        return of("repository", name, actions);
    }

    /** Returns the scope of the list of all repositories. */
    public static Scope ofCatalog() {
        return of("registry", "catalog", EVERYTHING);
    }

    /** Parses a scope. The name may have colons, so the outer ones count. Text of another form is kept as it is. */
    public static Scope parse(String text) {
        int first = text.indexOf(':');
        int last = text.lastIndexOf(':');
        if (first <= 0 || last == first) {
            return new Scope("", text, Collections.emptySortedSet());
        }
        SortedSet<String> actions = new TreeSet<>();
        for (String action : text.substring(last + 1).split(",", -1)) {
            if (!action.isBlank()) {
                actions.add(action.strip());
            }
        }
        return new Scope(text.substring(0, first), text.substring(first + 1, last), actions);
    }

    boolean isOfSameResource(Scope other) {
        return type.equals(other.type) && name.equals(other.name);
    }

    /** Returns a scope with more actions. */
    Scope with(SortedSet<String> more) {
        SortedSet<String> all = new TreeSet<>(actions);
        all.addAll(more);
        return new Scope(type, name, all);
    }

    /** Returns whether this allows everything that another one needs. */
    public boolean covers(Scope needed) {
        return isOfSameResource(needed) && (actions.contains(EVERYTHING) || actions.containsAll(needed.actions));
    }

    @Override
    public int compareTo(Scope other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return type.isEmpty() ? name : type + ":" + name + ":" + String.join(",", actions);
    }
}

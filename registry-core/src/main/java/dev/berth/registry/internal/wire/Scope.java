package dev.berth.registry.internal.wire;

import java.util.Arrays;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A scope of Docker's token specification, the actions that a token allows on one resource:
 * {@code repository:team/app:pull,push}. Actions are sorted and unique. Immutable.
 *
 * @param type the type of the resource, such as {@code repository}; empty if the scope is not of this form, and its
 *     name is the whole text
 * @param name the name of the resource
 * @param actions the allowed actions; {@code *} allows every action
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

    /** Returns the scope of the catalog. */
    public static Scope ofCatalog() {
        return of("registry", "catalog", EVERYTHING);
    }

    /**
     * Parses a scope. The first and the last colon are separators, since the name may contain colons. Text of another
     * form becomes the name.
     */
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

    /** Returns this scope with additional actions. */
    Scope with(SortedSet<String> more) {
        SortedSet<String> all = new TreeSet<>(actions);
        all.addAll(more);
        return new Scope(type, name, all);
    }

    /** Returns whether this scope allows all actions of another one. */
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

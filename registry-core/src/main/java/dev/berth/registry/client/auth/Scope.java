package dev.berth.registry.client.auth;

import java.util.Arrays;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a token is to allow: actions on one thing, written as {@code repository:team/app:pull,push}.
 *
 * @param type the kind of the thing; empty if the whole scope is not of this form, and stands in the name then
 * @param name the thing
 * @param actions what may be done with it
 */
record Scope(String type, String name, SortedSet<String> actions) implements Comparable<Scope> {

    Scope {
        actions = Collections.unmodifiableSortedSet(new TreeSet<>(actions));
    }

    static Scope of(String type, String name, String... actions) {
        return new Scope(type, name, new TreeSet<>(Arrays.asList(actions)));
    }

    /** Parses a scope. The name may have colons. What is of another form is kept as it is. */
    static Scope parse(String text) {
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

    boolean isAboutTheSameAs(Scope other) {
        return type.equals(other.type) && name.equals(other.name);
    }

    Scope with(SortedSet<String> more) {
        SortedSet<String> all = new TreeSet<>(actions);
        all.addAll(more);
        return new Scope(type, name, all);
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

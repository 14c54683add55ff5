package dev.berth.registry.storage;

import java.util.Objects;

/**
 * Which page of a listing is wanted.
 *
 * @param prefix list only keys below it
 * @param grouped {@code true} to list one level: what has more segments below the prefix than one is shown once, as a
 *     group, its name ending with a slash; {@code false} to list every key below the prefix
 * @param after list only names behind this one in the order of the listing; empty to begin at the beginning. It is
 *     compared as text and need not exist. So in a grouped listing the whole group {@code a/} is skipped after
 *     {@code a/} as well as after {@code a/x}
 * @param limit the largest number of entries, at least 1; a store may return fewer
 */
public record ListRequest(KeyPrefix prefix, boolean grouped, String after, int limit) {

    /** The number of entries of a page where nothing else is asked for. */
    public static final int DEFAULT_LIMIT = 1000;

    /** Checks the limit. */
    public ListRequest {
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(after, "after");
        if (limit < 1) {
            throw new IllegalArgumentException("The limit of a listing must be at least 1: " + limit);
        }
    }

    /** The first page of one level: objects and groups directly below the prefix. */
    public static ListRequest level(KeyPrefix prefix) {
        return new ListRequest(prefix, true, "", DEFAULT_LIMIT);
    }

    /** The first page of all keys below the prefix. */
    public static ListRequest tree(KeyPrefix prefix) {
        return new ListRequest(prefix, false, "", DEFAULT_LIMIT);
    }

    /** Returns the request for what comes behind this full name: a key, or a group with its slash. */
    public ListRequest after(String newAfter) {
        return new ListRequest(prefix, grouped, newAfter, limit);
    }

    /** Returns this request with another limit. */
    public ListRequest limit(int newLimit) {
        return new ListRequest(prefix, grouped, after, newLimit);
    }
}

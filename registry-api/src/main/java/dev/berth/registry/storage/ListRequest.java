package dev.berth.registry.storage;

import java.util.Objects;

/**
 * Which page of a listing is wanted. Immutable.
 *
 * <p>{@link #level} and {@link #tree} request a first page with the defaults, {@link #after(String)} the page that
 * follows one; {@link #builder} sets everything.
 *
 * @since 0.1
 */
public final class ListRequest {

    /** The limit of a page unless another one is set. */
    public static final int DEFAULT_LIMIT = 1000;

    private final KeyPrefix prefix;
    private final boolean grouped;
    private final String after;
    private final int limit;

    private ListRequest(Builder builder) {
        this.prefix = builder.prefix;
        this.grouped = builder.grouped;
        this.after = builder.after;
        this.limit = builder.limit;
    }

    /** Returns a request for the first page of one level: the objects and groups directly below the prefix. */
    public static ListRequest level(KeyPrefix prefix) {
        return builder(prefix).grouped(true).build();
    }

    /** Returns a request for the first page of all keys below the prefix. */
    public static ListRequest tree(KeyPrefix prefix) {
        return builder(prefix).build();
    }

    /** Returns a builder of requests for the keys below the prefix. */
    public static Builder builder(KeyPrefix prefix) {
        return new Builder(prefix);
    }

    /** Returns the prefix. Only keys below it are listed. */
    public KeyPrefix prefix() {
        return prefix;
    }

    /** Returns whether one level is listed, see {@link Builder#grouped}. */
    public boolean grouped() {
        return grouped;
    }

    /** Returns the text that all listed names come after, see {@link Builder#after}; empty for the first page. */
    public String after() {
        return after;
    }

    /** Returns the largest number of names, at least 1. A store may return fewer. */
    public int limit() {
        return limit;
    }

    /** Returns this request for the names after this one: a key, or a group with its slash. */
    public ListRequest after(String newAfter) {
        return toBuilder().after(newAfter).build();
    }

    /** Returns this request with another limit. */
    public ListRequest limit(int newLimit) {
        return toBuilder().limit(newLimit).build();
    }

    /** Returns a builder with the values of this request. */
    public Builder toBuilder() {
        return new Builder(prefix).grouped(grouped).after(after).limit(limit);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ListRequest request
                && prefix.equals(request.prefix)
                && grouped == request.grouped
                && after.equals(request.after)
                && limit == request.limit;
    }

    @Override
    public int hashCode() {
        return Objects.hash(prefix, grouped, after, limit);
    }

    @Override
    public String toString() {
        return "ListRequest[" + (grouped ? "level" : "tree") + " '" + prefix + "' after '" + after + "', limit " + limit
                + "]";
    }

    /**
     * Settings of a request. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final KeyPrefix prefix;
        private boolean grouped;
        private String after = "";
        private int limit = DEFAULT_LIMIT;

        private Builder(KeyPrefix prefix) {
            this.prefix = Objects.requireNonNull(prefix, "prefix");
        }

        /**
         * Sets whether to list one level instead of all keys; {@code false} by default. In a grouped listing, all keys
         * with further segments below one segment appear once, as a group: a name that ends with a slash.
         */
        public Builder grouped(boolean newGrouped) {
            this.grouped = newGrouped;
            return this;
        }

        /**
         * Lists only names after this one in the order of the listing; empty, the default, for the first page.
         *
         * @param newAfter compared as text, need not exist. In a grouped listing the whole group {@code a/} is skipped
         *     after {@code a/} and after {@code a/x} alike
         */
        public Builder after(String newAfter) {
            this.after = Objects.requireNonNull(newAfter, "after");
            return this;
        }

        /**
         * Sets the largest number of names, {@value ListRequest#DEFAULT_LIMIT} by default. A store may return fewer.
         *
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder limit(int newLimit) {
            if (newLimit < 1) {
                throw new IllegalArgumentException("The limit of a listing must be at least 1: " + newLimit);
            }
            this.limit = newLimit;
            return this;
        }

        /** Returns the request. */
        public ListRequest build() {
            return new ListRequest(this);
        }
    }
}

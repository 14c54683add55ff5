package dev.berth.registry.quota;

import dev.berth.registry.access.NamePattern;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A limit on what the repositories of a pattern use together. A repository that several patterns match counts for each of
 * them, and every limit must hold.
 *
 * @param repositories the repositories
 * @param bytes the largest use in bytes; empty for no limit
 * @param count the largest number of repositories that have a manifest; empty for no limit
 * @since 0.1
 */
public record QuotaLimit(NamePattern repositories, OptionalLong bytes, OptionalLong count) {

    /** Checks that a limit is set and none is negative. */
    public QuotaLimit {
        Objects.requireNonNull(repositories, "repositories");
        if (bytes.isEmpty() && count.isEmpty()) {
            throw new IllegalArgumentException("The quota of " + repositories
                    + " limits nothing: it needs a limit of bytes" + " or of repositories");
        }
        if (bytes.orElse(0) < 0 || count.orElse(0) < 0) {
            throw new IllegalArgumentException("The quota of " + repositories + " cannot be negative");
        }
    }

    /** Returns a limit in bytes. */
    public static QuotaLimit bytes(NamePattern repositories, long bytes) {
        return new QuotaLimit(repositories, OptionalLong.of(bytes), OptionalLong.empty());
    }

    /** Returns a limit of the number of repositories. */
    public static QuotaLimit repositories(NamePattern repositories, long count) {
        return new QuotaLimit(repositories, OptionalLong.empty(), OptionalLong.of(count));
    }
}

package dev.berth.registry.maintenance;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A collection that has ended, or a dry run. Immutable.
 *
 * @param begun when it began, by the clock of its process
 * @param ended when it ended
 * @param report what it has done, or would do; empty if it has failed
 * @param failure why it has failed, for people; empty if it has not
 * @since 0.1
 */
public record CollectionRun(Instant begun, Instant ended, Optional<CollectionReport> report, Optional<String> failure) {

    /** Checks that nothing is missing. */
    public CollectionRun {
        Objects.requireNonNull(begun, "begun");
        Objects.requireNonNull(ended, "ended");
        Objects.requireNonNull(report, "report");
        Objects.requireNonNull(failure, "failure");
    }

    /** Returns one that has done what a report says. */
    public static CollectionRun done(Instant begun, Instant ended, CollectionReport report) {
        return new CollectionRun(begun, ended, Optional.of(report), Optional.empty());
    }

    /** Returns one that has failed. */
    public static CollectionRun failed(Instant begun, Instant ended, String failure) {
        return new CollectionRun(begun, ended, Optional.empty(), Optional.of(failure));
    }
}

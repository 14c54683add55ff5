package dev.berth.registry.mirror.replication;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a rule goes, as this node knows it. Numbers of tags and bytes count since the node was started. Immutable.
 *
 * @param rule the name of the rule
 * @param direction which registry is the source
 * @param lastComparison the last comparison of this node that has ended
 * @param progress the comparison that this node is making
 * @param queued how many changes wait to be carried over, those that are tried again included
 * @param waitingSince since when the oldest of them waits
 * @param pausedUntil until when the other registry is left alone, since it does not answer or limits requests
 * @param carried how many tags were set at the target
 * @param deleted how many tags were deleted at the target
 * @param bytes how many bytes of blobs were moved
 * @param failing how many tags or repositories could not be carried over when they were tried last
 * @param failures some of these, at most {@value #MOST_LISTED}
 * @param differing how many tags differ and are left so, by the reason
 * @param differences some of these, at most {@value #MOST_LISTED}; conflicts first
 * @param problem why the last comparison did not come to its end, or why the other registry is left alone
 * @since 0.1
 */
public record ReplicationStatus(
        String rule,
        ReplicationRule.Direction direction,
        Optional<Comparison> lastComparison,
        Optional<Progress> progress,
        int queued,
        Optional<Instant> waitingSince,
        Optional<Instant> pausedUntil,
        long carried,
        long deleted,
        long bytes,
        int failing,
        List<ReplicationFailure> failures,
        Map<ReplicationDifference.Kind, Integer> differing,
        List<ReplicationDifference> differences,
        Optional<String> problem) {
    /** How many failures and differences are listed. */
    public static final int MOST_LISTED = 100;

    /**
     * A comparison that has ended.
     *
     * @param started when it began
     * @param ended when it ended
     * @param repositories how many repositories were compared
     * @param tags how many tags were compared
     * @param complete whether everything was compared, and nothing that could be carried over has failed
     * @since 0.1
     */
    public record Comparison(Instant started, Instant ended, int repositories, int tags, boolean complete) {
        /** Checks that both times are there. */
        public Comparison {
            Objects.requireNonNull(started, "started");
            Objects.requireNonNull(ended, "ended");
        }
    }

    /**
     * How far a comparison is.
     *
     * @param started when it began
     * @param done how many repositories are compared
     * @param of how many repositories there are; 0 while they are listed
     * @since 0.1
     */
    public record Progress(Instant started, int done, int of) {
        /** Checks that the time is there. */
        public Progress {
            Objects.requireNonNull(started, "started");
        }
    }

    /** Copies the collections. */
    public ReplicationStatus {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(direction, "direction");
        failures = List.copyOf(failures);
        differing = Map.copyOf(differing);
        differences = List.copyOf(differences);
    }

    /** Returns for how long the oldest change waits that is known and not carried over; zero if there is none. */
    public Duration lag(Instant now) {
        Duration lag = waitingSince.map(since -> Duration.between(since, now)).orElse(Duration.ZERO);
        return lag.isNegative() ? Duration.ZERO : lag;
    }

    /** Returns how many tags differ for a reason. */
    public int differing(ReplicationDifference.Kind kind) {
        return differing.getOrDefault(kind, 0);
    }
}

package dev.berth.registry.scan.report;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of an image at a time. Immutable.
 *
 * <p>The last report stands until a newer one replaces it: an image that is scanned again, or whose new scan failed, still has
 * the findings of before.
 *
 * @param state how far its scan is
 * @param since since when it is in this state; of an image that nobody has asked to scan, {@link Instant#EPOCH}
 * @param report the last report; empty before the first one
 * @param reason why a scan failed, or why there cannot be one: a sentence for people; empty in other states
 * @since 0.1
 */
public record Verdict(State state, Instant since, Optional<ScanReport> report, String reason) {

    /** How far the scan of an image is. */
    public enum State {
        /** Nobody has asked for a scan. */
        UNSCANNED,
        /** A scan was asked for, or is running. */
        PENDING,
        /** The last scan succeeded. */
        SCANNED,
        /** There is nothing in it that a scanner can look into. */
        UNSCANNABLE,
        /** The last scan failed, after all its tries. */
        FAILED
    }

    /** Checks that the parts are there. */
    public Verdict {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(report, "report");
        Objects.requireNonNull(reason, "reason");
    }

    /** Returns that of an image that nobody has asked to scan. */
    public static Verdict unscanned() {
        return new Verdict(State.UNSCANNED, Instant.EPOCH, Optional.empty(), "");
    }
}

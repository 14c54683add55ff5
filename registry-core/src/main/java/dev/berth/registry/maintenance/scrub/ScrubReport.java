package dev.berth.registry.maintenance.scrub;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a round of a scrub has checked and found so far. Immutable.
 *
 * @param begun when the round began, by the clock of the process that began it
 * @param finished when everything had been checked, or empty if the round was stopped before: the next run goes on
 * @param elsewhere whether another process, or another object, is at work on the round
 * @param links how many links were checked
 * @param blobs how many blobs and manifests were hashed
 * @param bytes how many bytes were hashed
 * @param problems how many problems were found
 * @param findings the problems, at most {@value #MOST_FINDINGS}
 * @since 0.1
 */
public record ScrubReport(
        Instant begun,
        Optional<Instant> finished,
        boolean elsewhere,
        long links,
        long blobs,
        long bytes,
        long problems,
        List<ScrubFinding> findings) {
    /** The largest number of findings that are kept. All are counted, logged and told to the listener. */
    public static final int MOST_FINDINGS = 200;

    /** Copies the list. */
    public ScrubReport {
        Objects.requireNonNull(begun, "begun");
        Objects.requireNonNull(finished, "finished");
        findings = List.copyOf(findings);
    }
}

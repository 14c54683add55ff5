package dev.berth.registry.scan.service;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How the scans of a registry go. Immutable.
 *
 * @param waiting how many images are in the queue, by priority, those that are being scanned included; 10,000
 *     stands for any larger number
 * @param running the scans that run on this node
 * @param scanned how many scans succeeded on this node since it was started
 * @param failed how many tries failed on this node since it was started
 * @param rescan since when all images are scanned again, because there are new advisories; empty if nobody has asked for that
 * @param problem why the queue does not go on, a sentence for people; empty if it does
 * @since 0.1
 */
public record ScanStatus(
        Map<ScanPriority, Long> waiting,
        List<Running> running,
        long scanned,
        long failed,
        Optional<Instant> rescan,
        Optional<String> problem) {

    /** Copies map and list. */
    public ScanStatus {
        Map<ScanPriority, Long> copy = new EnumMap<>(ScanPriority.class);
        copy.putAll(waiting);
        waiting = Collections.unmodifiableMap(copy);
        running = List.copyOf(running);
        Objects.requireNonNull(rescan, "rescan");
        Objects.requireNonNull(problem, "problem");
    }

    /**
     * A scan that runs.
     *
     * @param image what is scanned
     * @param priority how urgent it is
     * @param since since when it runs
     * @since 0.1
     */
    public record Running(ImageKey image, ScanPriority priority, Instant since) {}
}

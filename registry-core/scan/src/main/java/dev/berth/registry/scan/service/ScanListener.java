package dev.berth.registry.scan.service;

import dev.berth.registry.scan.report.Verdict;
import java.time.Duration;
import java.util.List;

/**
 * Is told what happens to scans, in the threads in which it happens. Its methods must be quick, thread-safe, and must not
 * throw.
 *
 * @since 0.1
 */
public interface ScanListener {

    /** An image was put into the queue. */
    default void asked(ImageKey image, ScanPriority priority) {}

    /** A scan begins on this node. */
    default void began(ImageKey image, ScanPriority priority) {}

    /** A scan has failed on this node, and is tried again later. */
    default void failed(ImageKey image, String reason) {}

    /**
     * There is a new verdict: the scan succeeded, or failed for the last time, or the image cannot be scanned.
     *
     * @param took how long the last try took on this node
     */
    default void judged(ImageKey image, Verdict verdict, Duration took) {}

    /** Returns a listener that does nothing. */
    static ScanListener none() {
        return new ScanListener() {};
    }

    /** Returns a listener that tells others, one after the other. */
    static ScanListener allOf(ScanListener... listeners) {
        return new ScanListeners(List.of(listeners));
    }
}

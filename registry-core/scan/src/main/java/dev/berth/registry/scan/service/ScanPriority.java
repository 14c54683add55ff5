package dev.berth.registry.scan.service;

/**
 * What goes first in the queue of scans, from the most urgent to the least; the order is that of the constants.
 *
 * @since 0.1
 */
public enum ScanPriority {
    /** Somebody has asked for it, and may be waiting. */
    DEMAND,
    /** The image is new. */
    PUSH,
    /** What is known of the image is old. */
    RESCAN
}

package dev.berth.registry.scan.service;

import dev.berth.registry.Manifest;
import dev.berth.registry.Repository;

/**
 * Does something with an image after it was scanned, in the thread of the scan: it may take long, and ends soon when that is
 * interrupted. What it throws is logged, and changes nothing about the scan. It may be called again for the same image.
 * Implementations are thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ScannedHook {

    /** Does it. */
    void scanned(Repository repository, Manifest image);
}

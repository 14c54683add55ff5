package dev.berth.registry.copy;

import java.util.List;
import java.util.Objects;

/**
 * The result of a synchronization.
 *
 * @param done the completed steps
 * @param failures the tags that were not, or not completely, synchronized, including those that could not be planned
 * @param blobs the numbers of blobs, by outcome
 * @param manifests the numbers of manifests, by outcome
 * @since 0.1
 */
public record SyncResult(List<SyncStep> done, List<SyncFailure> failures, CopyCounts blobs, CopyCounts manifests) {

    /** Copies the lists. */
    public SyncResult {
        done = List.copyOf(done);
        failures = List.copyOf(failures);
        Objects.requireNonNull(blobs, "blobs");
        Objects.requireNonNull(manifests, "manifests");
    }
}

package dev.berth.registry.copy;

import java.util.List;
import java.util.Objects;

/**
 * What synchronising a repository did.
 *
 * @param done the steps that were done
 * @param failures the tags for which nothing or not all was done, with those that the plan could not include
 * @param blobs how the blobs of all images came to the target
 * @param manifests how the manifests did
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

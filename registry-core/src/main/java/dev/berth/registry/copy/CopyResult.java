package dev.berth.registry.copy;

import dev.berth.registry.Descriptor;
import java.util.Objects;

/**
 * What a copy did.
 *
 * @param source the manifest that was named at the source
 * @param target the manifest that is at the target now
 * @param blobs how the blobs came there
 * @param manifests how the manifests came there
 * @since 0.1
 */
public record CopyResult(Descriptor source, Descriptor target, CopyCounts blobs, CopyCounts manifests) {

    /** Checks that all are there. */
    public CopyResult {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(blobs, "blobs");
        Objects.requireNonNull(manifests, "manifests");
    }

    /**
     * Returns whether the target has another digest than the source: after a choice of platforms. A signature of the
     * source is not one of the target then.
     */
    public boolean digestChanged() {
        return !source.digest().equals(target.digest());
    }
}

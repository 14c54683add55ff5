package dev.berth.registry.copy;

import dev.berth.registry.Descriptor;
import java.util.Objects;

/**
 * The result of a copy.
 *
 * @param source the manifest that was named at the source
 * @param target the manifest that is at the target now
 * @param blobs the numbers of blobs, by outcome
 * @param manifests the numbers of manifests, by outcome
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
     * Returns whether the target has another digest than the source, because platforms were chosen, or manifests or layers
     * converted. Signatures of the source
     * do not apply to the target then.
     */
    public boolean digestChanged() {
        return !source.digest().equals(target.digest());
    }
}

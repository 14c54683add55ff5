package dev.berth.registry.console.catalog;

import dev.berth.registry.Digest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What lists show of the safety of an image. Immutable.
 *
 * @param scan how far its scan is
 * @param findings how much the last scan has found that counts; empty before the first one
 * @param signed whether it is signed
 * @param images the images for platforms that an index lists; none if it is no index
 */
public record ImageSafety(Scan scan, Optional<FindingCounts> findings, Signed signed, List<Digest> images) {

    /** How far a scan is. */
    public enum Scan {
        /** Nobody has asked for one. */
        UNSCANNED,
        /** It waits, or is running. */
        PENDING,
        /** It has succeeded. */
        SCANNED,
        /** It has failed. */
        FAILED,
        /** There cannot be one. */
        UNSCANNABLE
    }

    /** Whether an image is signed. */
    public enum Signed {
        /** There is no signature. */
        UNSIGNED,
        /** There is one, but by nobody who is trusted. */
        NOT_TRUSTED,
        /** Somebody who is trusted has signed it. */
        TRUSTED
    }

    /** Checks that the parts are there. */
    public ImageSafety {
        Objects.requireNonNull(scan, "scan");
        Objects.requireNonNull(findings, "findings");
        Objects.requireNonNull(signed, "signed");
        images = List.copyOf(images);
    }
}

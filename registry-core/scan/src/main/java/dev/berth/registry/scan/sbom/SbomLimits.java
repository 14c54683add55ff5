package dev.berth.registry.scan.sbom;

/**
 * What is read of SBOMs, which anybody who may push can write. What exceeds a limit is not read at all. Immutable.
 *
 * @param bytes the largest document
 * @param packages the most packages that a document may name
 * @param values the most values, names and brackets that a document may have
 * @param documents the most documents of one image that are looked at, in each place
 * @param referrers the most referrers of which the type is looked at
 * @since 0.1
 */
public record SbomLimits(long bytes, int packages, long values, int documents, int referrers) {
    /** 256 MiB, 100,000 packages, 50 million values, 16 documents, 1,000 referrers. */
    public static final SbomLimits DEFAULT = new SbomLimits(256L << 20, 100_000, 50_000_000, 16, 1000);

    /** Checks that all are positive. */
    public SbomLimits {
        if (bytes < 1 || packages < 1 || values < 1 || documents < 1 || referrers < 1) {
            throw new IllegalArgumentException("Every limit for SBOMs must be positive");
        }
    }
}

package dev.berth.registry.scan.advisory;

/**
 * What the sources of an index may cost. What exceeds a limit is left out, and the index says so. Immutable.
 *
 * @param documentBytes the largest advisory, in bytes
 * @param documents the largest number of advisories
 * @param bytes the largest sum of the sizes of all advisories, uncompressed, in bytes
 * @since 0.1
 */
public record AdvisoryLimits(long documentBytes, long documents, long bytes) {
    private static final AdvisoryLimits DEFAULTS = new AdvisoryLimits(16L << 20, 5_000_000, 64L << 30);

    /** Checks that the limits are positive. */
    public AdvisoryLimits {
        if (documentBytes <= 0 || documents <= 0 || bytes <= 0) {
            throw new IllegalArgumentException("Limits of advisories must be positive");
        }
    }

    /** Returns the defaults: advisories of 16 MiB, five millions of them, 64 GiB in all. */
    public static AdvisoryLimits defaults() {
        return DEFAULTS;
    }
}

package dev.berth.registry.scan.signature;

/**
 * What is read of the signatures of one image, which anybody who may push can write.
 *
 * @param count the most signatures that are looked at in each place: at the tag for signatures, at that for attestations, and
 *     among the referrers. Where there are more, the result says so
 * @param referrers the most referrers of which the type is looked at
 * @param signatureBytes the largest payload or envelope of a signature, in bytes
 * @param attestationBytes the largest envelope of an attestation or bundle, in bytes
 * @since 0.1
 */
public record SignatureLimits(int count, int referrers, int signatureBytes, int attestationBytes) {
    /** 64 signatures, 1,000 referrers, 1 MiB for a signature, 8 MiB for an attestation. */
    public static final SignatureLimits DEFAULT = new SignatureLimits(64, 1000, 1 << 20, 8 << 20);

    /** Checks that all are positive. */
    public SignatureLimits {
        if (count < 1 || referrers < 1 || signatureBytes < 1 || attestationBytes < 1) {
            throw new IllegalArgumentException("Every limit for signatures must be positive");
        }
    }
}

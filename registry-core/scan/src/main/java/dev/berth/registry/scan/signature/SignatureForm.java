package dev.berth.registry.scan.signature;

/**
 * How a signature or attestation is kept beside an image.
 *
 * @since 0.1
 */
public enum SignatureForm {
    /** cosign's, at the tag {@code sha256-<hex>.sig}, which has all of them. Any registry can keep it. */
    COSIGN_TAG,
    /** cosign's, as a referrer of the artifact type {@code application/vnd.dev.cosign.artifact.sig.v1+json}. */
    COSIGN_REFERRER,
    /**
     * A bundle of Sigstore as a referrer ({@code application/vnd.dev.sigstore.bundle.v0.3+json}): for attestations, and what
     * cosign 3 makes of signatures.
     */
    BUNDLE,
    /** cosign's attestations, at the tag {@code sha256-<hex>.att}, which has all of them. */
    ATTESTATION_TAG,
    /** A signature of the Notary Project as a referrer ({@code application/vnd.cncf.notary.signature}). */
    NOTATION;

    /**
     * Returns whether what a layer of this media type holds is a signature or an attestation, in one of these forms, or in one
     * that is not read here.
     */
    public static boolean isContent(String mediaType) {
        return switch (mediaType) {
            case SignatureTypes.SIMPLE_SIGNING,
                    SignatureTypes.DSSE,
                    SignatureTypes.BUNDLE,
                    SignatureTypes.IN_TOTO,
                    SignatureTypes.JWS,
                    SignatureTypes.COSE -> true;
            default -> false;
        };
    }
}

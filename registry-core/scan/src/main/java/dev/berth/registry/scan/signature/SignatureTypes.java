package dev.berth.registry.scan.signature;

/** The media types of signatures, and the annotations that they have. */
final class SignatureTypes {
    static final String SIMPLE_SIGNING = "application/vnd.dev.cosign.simplesigning.v1+json";
    static final String COSIGN_ARTIFACT = "application/vnd.dev.cosign.artifact.sig.v1+json";
    static final String DSSE = "application/vnd.dsse.envelope.v1+json";
    static final String BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";
    static final String IN_TOTO = "application/vnd.in-toto+json";
    static final String NOTATION = "application/vnd.cncf.notary.signature";
    static final String JWS = "application/jose+json";
    static final String COSE = "application/cose";

    /** The predicate of a statement that is nothing but a signature. */
    static final String SIGN_PREDICATE = "https://sigstore.dev/cosign/sign/v1";

    static final String SIGNATURE_ANNOTATION = "dev.cosignproject.cosign/signature";
    static final String PREDICATE_ANNOTATION = "predicateType";
    static final String BUNDLE_CONTENT = "dev.sigstore.bundle.content";
    static final String BUNDLE_PREDICATE = "dev.sigstore.bundle.predicateType";
    static final String CREATED = "org.opencontainers.image.created";

    private SignatureTypes() {}
}

package dev.berth.registry.scan.signature;

import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;

/** The algorithms of Notation, of which each key has exactly one: its kind and size decide. */
enum JwsAlgorithm {
    PS256(SignatureAlgorithm.RSA_PSS_SHA256),
    PS384(SignatureAlgorithm.RSA_PSS_SHA384),
    PS512(SignatureAlgorithm.RSA_PSS_SHA512),
    ES256(SignatureAlgorithm.ECDSA_SHA256),
    ES384(SignatureAlgorithm.ECDSA_SHA384),
    ES512(SignatureAlgorithm.ECDSA_SHA512);

    private final SignatureAlgorithm algorithm;

    JwsAlgorithm(SignatureAlgorithm algorithm) {
        this.algorithm = algorithm;
    }

    SignatureAlgorithm algorithm() {
        return algorithm;
    }

    static JwsAlgorithm of(PublicKey key) {
        int bits = key instanceof RSAKey rsa
                ? rsa.getModulus().bitLength()
                : key instanceof ECKey ec ? ec.getParams().getCurve().getField().getFieldSize() : 0;
        return switch (bits) {
            case 2048 -> PS256;
            case 3072 -> PS384;
            case 4096 -> PS512;
            case 256 -> ES256;
            case 384 -> ES384;
            case 521 -> ES512;
            default ->
                throw new RefusedException("its certificate has a key of another kind than RSA with 2048, 3072 or 4096"
                        + " bits, or ECDSA on P-256, P-384 or P-521");
        };
    }
}

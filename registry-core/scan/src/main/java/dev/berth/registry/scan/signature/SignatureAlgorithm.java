package dev.berth.registry.scan.signature;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import java.util.Set;

/**
 * How a key signs. It belongs to the key: nothing in a message chooses it, so that a message cannot have its signature
 * checked in another way than the owner of the key meant.
 *
 * @since 0.1
 */
public enum SignatureAlgorithm {
    /** ECDSA with SHA-256. */
    ECDSA_SHA256("SHA256withECDSA", "", 0),
    /** ECDSA with SHA-384. */
    ECDSA_SHA384("SHA384withECDSA", "", 0),
    /** ECDSA with SHA-512. */
    ECDSA_SHA512("SHA512withECDSA", "", 0),
    /** RSASSA-PKCS1-v1_5 with SHA-256. */
    RSA_PKCS1_SHA256("SHA256withRSA", "", 0),
    /** RSASSA-PKCS1-v1_5 with SHA-384. */
    RSA_PKCS1_SHA384("SHA384withRSA", "", 0),
    /** RSASSA-PKCS1-v1_5 with SHA-512. */
    RSA_PKCS1_SHA512("SHA512withRSA", "", 0),
    /** RSASSA-PSS with SHA-256, and a salt as long as the hash. */
    RSA_PSS_SHA256("RSASSA-PSS", "SHA-256", 32),
    /** RSASSA-PSS with SHA-384, and a salt as long as the hash. */
    RSA_PSS_SHA384("RSASSA-PSS", "SHA-384", 48),
    /** RSASSA-PSS with SHA-512, and a salt as long as the hash. */
    RSA_PSS_SHA512("RSASSA-PSS", "SHA-512", 64),
    /** Ed25519. */
    ED25519("Ed25519", "", 0);

    private static final int LEAST_RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 8192;
    private static final Set<Integer> CURVES = Set.of(256, 384, 521);

    private final String name;
    private final String hash;
    private final int salt;

    /**
     * Makes an algorithm.
     *
     * @param hash the hash of RSASSA-PSS; empty for others, whose name tells it
     * @param salt the length of its salt, in bytes
     */
    SignatureAlgorithm(String name, String hash, int salt) {
        this.name = name;
        this.hash = hash;
        this.salt = salt;
    }

    /**
     * Returns how cosign signs with a key of this kind: with SHA-256 on every curve, by PKCS #1 with RSA.
     *
     * @throws IllegalArgumentException if the key cannot be used: RSA with fewer than 2048 or more than 8192 bits, another
     *     curve than P-256, P-384 and P-521, or another kind of key
     */
    public static SignatureAlgorithm of(PublicKey key) {
        for (SignatureAlgorithm algorithm : new SignatureAlgorithm[] {ECDSA_SHA256, RSA_PKCS1_SHA256, ED25519}) {
            if (algorithm.fits(key)) {
                return algorithm;
            }
        }
        throw new IllegalArgumentException("A key of the kind " + key.getAlgorithm() + describeSize(key)
                + " cannot be used: use ECDSA on P-256, P-384 or P-521, RSA of 2048 to 8192 bits, or Ed25519");
    }

    private static String describeSize(Key key) {
        return key instanceof RSAKey rsa ? " with " + rsa.getModulus().bitLength() + " bits" : "";
    }

    /** Returns whether a key of this kind and size can be used in this way. */
    public boolean fits(PublicKey key) {
        if (name.endsWith("ECDSA")) {
            return key instanceof ECKey ec && CURVES.contains(bits(ec));
        }
        if (this == ED25519) {
            return key instanceof EdECPublicKey ed && ed.getParams().getName().equals("Ed25519");
        }
        return key instanceof RSAKey rsa
                && rsa.getModulus().bitLength() >= LEAST_RSA_BITS
                && rsa.getModulus().bitLength() <= MOST_RSA_BITS;
    }

    private static int bits(ECKey key) {
        return key.getParams().getCurve().getField().getFieldSize();
    }

    /** Returns whether a signature is right; one that is malformed is not. ECDSA in the form of DER. */
    boolean verify(PublicKey key, byte[] message, byte[] signature) {
        return fits(key)
                && (!(key instanceof ECKey ec)
                        || EcdsaValues.ofDer(signature)
                                .filter(values -> values.areBelow(ec.getParams().getOrder()))
                                .isPresent())
                && verify(name, key, message, signature);
    }

    /** As {@link #verify}, with ECDSA in the form of JWS: the two numbers, each as long as the curve. */
    boolean verifyPlain(PublicKey key, byte[] message, byte[] signature) {
        if (!(key instanceof ECKey ec)) {
            return verify(key, message, signature);
        }
        Optional<EcdsaValues> values = EcdsaValues.ofPlain(signature, (bits(ec) + 7) / 8);
        return fits(key)
                && values.filter(v -> v.areBelow(ec.getParams().getOrder())).isPresent()
                && verify(name + "inP1363Format", key, message, signature);
    }

    private boolean verify(String form, PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature verification = signature(form);
            verification.initVerify(key);
            verification.update(message);
            return verification.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Signs; ECDSA in the form of DER. */
    byte[] sign(PrivateKey key, byte[] message) {
        return sign(name, key, message);
    }

    /** As {@link #sign}, with ECDSA in the form of JWS. */
    byte[] signPlain(PrivateKey key, byte[] message) {
        return sign(name.endsWith("ECDSA") ? name + "inP1363Format" : name, key, message);
    }

    private byte[] sign(String form, PrivateKey key, byte[] message) {
        try {
            Signature signing = signature(form);
            signing.initSign(key);
            signing.update(message);
            return signing.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The key cannot sign by " + this + ": " + e.getMessage(), e);
        }
    }

    private Signature signature(String form) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(form);
        if (!hash.isEmpty()) {
            signature.setParameter(new PSSParameterSpec(
                    hash, "MGF1", new MGF1ParameterSpec(hash), salt, PSSParameterSpec.TRAILER_FIELD_BC));
        }
        return signature;
    }

    /** The two numbers of a signature of ECDSA. Some JDKs took zeros for a signature of everything (CVE-2022-21449). */
    private record EcdsaValues(BigInteger r, BigInteger s) {

        static Optional<EcdsaValues> ofPlain(byte[] signature, int length) {
            return signature.length != 2 * length
                    ? Optional.empty()
                    : Optional.of(new EcdsaValues(
                            new BigInteger(1, signature, 0, length), new BigInteger(1, signature, length, length)));
        }

        /** Reads SEQUENCE { r INTEGER, s INTEGER }. */
        static Optional<EcdsaValues> ofDer(byte[] der) {
            int place = der.length > 2 && (der[1] & 0xff) == 0x81 ? 3 : 2;
            if (der.length < 8 || der.length > 150 || der[0] != 0x30 || (der[place - 1] & 0xff) != der.length - place) {
                return Optional.empty();
            }
            int first = der[place + 1];
            int second = place + 2 + first;
            if (first < 1 || second + 2 >= der.length || der[place] != 2 || der[second] != 2) {
                return Optional.empty();
            }
            int rest = der.length - second - 2;
            return der[second + 1] != rest
                    ? Optional.empty()
                    : Optional.of(new EcdsaValues(
                            new BigInteger(der, place + 2, first), new BigInteger(der, second + 2, rest)));
        }

        boolean areBelow(BigInteger order) {
            return r.signum() > 0 && s.signum() > 0 && r.compareTo(order) < 0 && s.compareTo(order) < 0;
        }
    }
}

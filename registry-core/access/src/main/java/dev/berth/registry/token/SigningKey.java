package dev.berth.registry.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.berth.registry.internal.token.KeyIds;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;

/**
 * A key that signs tokens, by ECDSA with the curve P-256 (ES256). Its identifier is that of Docker's libtrust, by which
 * {@code registry:2} finds it among its certificates, and {@code registry:3} in a JWK set. Immutable.
 *
 * @since 0.1
 */
public final class SigningKey {
    private final ECKey key;
    private final ECDSASigner signer;

    private SigningKey(ECKey key) throws JOSEException {
        this.key = key;
        this.signer = new ECDSASigner(key);
    }

    /** Returns a new random key. Keep it with {@link #toJson}: tokens that it signed are worth nothing without it. */
    public static SigningKey generate() {
        try {
            return of(new ECKeyGenerator(Curve.P_256).generate());
        } catch (JOSEException e) {
            throw new IllegalStateException("This JVM lacks ECDSA with the curve P-256", e);
        }
    }

    /**
     * Returns a key pair of the curve P-256 as a signing key, such as the key and certificate that {@code registry:2} has
     * in its {@code rootcertbundle}.
     *
     * @throws IllegalArgumentException if the keys are of another curve
     */
    public static SigningKey of(ECPublicKey publicKey, ECPrivateKey privateKey) {
        if (!Curve.P_256.equals(Curve.forECParameterSpec(publicKey.getParams()))) {
            throw new IllegalArgumentException("A key that signs tokens is of the curve P-256 (prime256v1)");
        }
        try {
            return of(new ECKey.Builder(Curve.P_256, publicKey)
                    .privateKey(privateKey)
                    .build());
        } catch (JOSEException e) {
            throw new IllegalArgumentException("This is no usable key", e);
        }
    }

    /**
     * Reads a key that {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException if the text is none; the message does not contain the text
     */
    public static SigningKey parse(String json) {
        try {
            ECKey key = JWK.parse(json).toECKey();
            if (!key.isPrivate() || !Curve.P_256.equals(key.getCurve())) {
                throw new IllegalArgumentException("This is no private key of the curve P-256");
            }
            return of(key);
        } catch (ParseException | JOSEException | ClassCastException e) {
            throw new IllegalArgumentException("This is no private key in the form of a JSON Web Key");
        }
    }

    private static SigningKey of(ECKey key) throws JOSEException {
        return new SigningKey(new ECKey.Builder(key)
                .keyID(KeyIds.libtrust(key.toECPublicKey()))
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .build());
    }

    /** Returns the identifier of the key. */
    public String id() {
        return key.getKeyID();
    }

    /** Returns the private key as a JSON Web Key (RFC 7517). It is a secret. */
    public String toJson() {
        return key.toJSONString();
    }

    /**
     * Returns a certificate of the key that the key itself has signed, in PEM form: for the {@code rootcertbundle} by which
     * {@code registry:2} and {@code registry:3} verify tokens. It is another text each time, for the same key.
     *
     * @param name the common name of the subject, such as the name of the token service; nobody looks at it
     * @param from the beginning of its validity
     * @param validity how long it is valid. For tokens that name their key these registries do not look at that
     * @throws IllegalArgumentException if the name is empty
     */
    public String certificate(String name, Instant from, Duration validity) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A certificate needs a name");
        }
        try {
            return SelfSigned.certificate(name, key.toECPublicKey(), key.toECPrivateKey(), from, validity);
        } catch (JOSEException e) {
            throw new IllegalStateException("The key cannot be certified", e);
        }
    }

    JWK publicKey() {
        return key.toPublicJWK();
    }

    String sign(JWTClaimsSet claims) {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .keyID(id())
                        .type(JOSEObjectType.JWT)
                        .build(),
                claims);
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("A token cannot be signed", e);
        }
        return token.serialize();
    }

    /** Returns the identifier of the key, and nothing of the key. */
    @Override
    public String toString() {
        return "SigningKey " + id();
    }
}

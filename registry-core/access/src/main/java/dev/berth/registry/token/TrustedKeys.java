package dev.berth.registry.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Public keys whose signatures count, by the identifiers that tokens name them by: that of a JWK set, the thumbprint of RFC
 * 7638, and that of Docker's libtrust. Immutable.
 *
 * @since 0.1
 */
public final class TrustedKeys {
    private static final int SMALLEST_RSA_BITS = 2048;
    private static final Set<JWSAlgorithm> RSA = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512);
    private static final Map<Curve, JWSAlgorithm> CURVES = Map.of(
            Curve.P_256, JWSAlgorithm.ES256,
            Curve.P_384, JWSAlgorithm.ES384,
            Curve.P_521, JWSAlgorithm.ES512);

    private final Map<String, Key> keys = new LinkedHashMap<>();

    /** A key, and the algorithms that it is for: what a token says about that does not count. */
    record Key(PublicKey key, Set<JWSAlgorithm> algorithms) {}

    private TrustedKeys(Collection<? extends JWK> all) {
        all.forEach(this::add);
    }

    /** Returns the public keys of these signing keys. */
    public static TrustedKeys of(Collection<SigningKey> keys) {
        return new TrustedKeys(keys.stream().map(SigningKey::publicKey).toList());
    }

    /**
     * Reads a JWK set (RFC 7517). Keys that are not for signatures by RSA or ECDSA are left out.
     *
     * @throws IllegalArgumentException if the text is no JWK set, or has no key that can be used
     */
    public static TrustedKeys parse(String jwks) {
        TrustedKeys keys;
        try {
            keys = new TrustedKeys(JWKSet.parse(jwks).getKeys());
        } catch (ParseException e) {
            throw new IllegalArgumentException("This is no JWK set: " + e.getMessage(), e);
        }
        if (keys.keys.isEmpty()) {
            throw new IllegalArgumentException(
                    "The JWK set has no key for signatures by RSA (2048 bits or more) or ECDSA");
        }
        return keys;
    }

    /**
     * Returns the keys of certificates, such as those of {@code rootcertbundle} of {@code registry:2}.
     *
     * @throws IllegalArgumentException if a certificate has a key that cannot be used
     */
    public static TrustedKeys ofCertificates(Collection<X509Certificate> certificates) {
        TrustedKeys keys = new TrustedKeys(certificates.stream()
                .map(certificate -> {
                    try {
                        return JWK.parse(certificate);
                    } catch (JOSEException e) {
                        throw unusable(certificate);
                    }
                })
                .toList());
        for (X509Certificate certificate : certificates) {
            if (keys.find(KeyIds.libtrust(certificate.getPublicKey())).isEmpty()) {
                throw unusable(certificate);
            }
        }
        return keys;
    }

    private static IllegalArgumentException unusable(X509Certificate certificate) {
        return new IllegalArgumentException("The certificate of '" + certificate.getSubjectX500Principal()
                + "' has no key for signatures by RSA (2048 bits or more) or ECDSA");
    }

    private void add(JWK jwk) {
        Set<JWSAlgorithm> algorithms = algorithms(jwk);
        boolean forSignatures = jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE);
        if (algorithms.isEmpty() || !forSignatures || !(jwk instanceof AsymmetricJWK asymmetric)) {
            return;
        }
        try {
            Key key = new Key(asymmetric.toPublicKey(), algorithms);
            keys.putIfAbsent(jwk.computeThumbprint().toString(), key);
            keys.putIfAbsent(KeyIds.libtrust(key.key), key);
            if (jwk.getKeyID() != null) {
                keys.put(jwk.getKeyID(), key);
            }
        } catch (JOSEException e) {
            throw new IllegalArgumentException("A key of the JWK set cannot be used: " + e.getMessage(), e);
        }
    }

    private static Set<JWSAlgorithm> algorithms(JWK jwk) {
        Set<JWSAlgorithm> possible = Set.of();
        if (jwk instanceof RSAKey rsa && rsa.size() >= SMALLEST_RSA_BITS) {
            possible = RSA;
        } else if (jwk instanceof ECKey ec && CURVES.containsKey(ec.getCurve())) {
            possible = Set.of(CURVES.get(ec.getCurve()));
        }
        if (jwk.getAlgorithm() == null) {
            return possible;
        }
        JWSAlgorithm only = JWSAlgorithm.parse(jwk.getAlgorithm().getName());
        return possible.contains(only) ? Set.of(only) : Set.of();
    }

    /** Returns the key with this identifier, if it is trusted. */
    Optional<Key> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    /** Returns these keys and others. */
    public TrustedKeys and(TrustedKeys others) {
        TrustedKeys both = new TrustedKeys(Set.of());
        both.keys.putAll(others.keys);
        both.keys.putAll(keys);
        return both;
    }
}

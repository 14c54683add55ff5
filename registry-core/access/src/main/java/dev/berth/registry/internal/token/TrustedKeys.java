package dev.berth.registry.internal.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Public keys whose signatures count, by the identifiers that tokens name them by: that of a JWK set, the thumbprint of RFC
 * 7638, and that of Docker's libtrust. Several keys may have the same identifier in a JWK set. Immutable.
 */
public final class TrustedKeys implements KeySource {
    private static final Logger LOG = LoggerFactory.getLogger(TrustedKeys.class);

    private final Map<String, Set<TrustedKey>> byId = new LinkedHashMap<>();
    private final Set<TrustedKey> all = new LinkedHashSet<>();

    private TrustedKeys(Collection<? extends JWK> keys) {
        keys.forEach(this::add);
    }

    /** Returns these keys, without those that are not for signatures. */
    public static TrustedKeys of(Collection<? extends JWK> keys) {
        return new TrustedKeys(keys);
    }

    /**
     * Reads a JWK set (RFC 7517). Keys that are not for signatures by RSA or ECDSA are left out.
     *
     * @throws IllegalArgumentException if the text is no JWK set, or has no key that can be used
     */
    public static TrustedKeys parse(String jwks) {
        TrustedKeys keys = new TrustedKeys(List.of());
        try {
            for (Map<String, Object> each : entries(jwks)) {
                keys.addIfKnown(each);
            }
        } catch (ParseException | RuntimeException e) {
            throw new IllegalArgumentException("it is no JWK set: " + e.getMessage(), e);
        }
        if (keys.all.isEmpty()) {
            throw new IllegalArgumentException(
                    "it has no public key for signatures by RSA (2048 to 8192 bits) or ECDSA");
        }
        return keys;
    }

    private static List<Map<String, Object>> entries(String jwks) throws ParseException {
        Map<String, Object>[] entries = JSONObjectUtils.getJSONObjectArray(JSONObjectUtils.parse(jwks), "keys");
        if (entries == null) {
            throw new ParseException("It has no 'keys'", 0);
        }
        return List.of(entries);
    }

    /** A key of a kind that is not known, or a broken one, does not spoil the others (RFC 7517, section 5). */
    private void addIfKnown(Map<String, Object> entry) {
        try {
            add(JWK.parse(entry));
        } catch (ParseException | IllegalArgumentException | IllegalStateException e) {
            LOG.debug("A key of a JWK set is left out: {}", e.getMessage());
        }
    }

    /**
     * Returns the keys of certificates. Their dates do not count: whoever lists a certificate trusts its key.
     *
     * @throws IllegalArgumentException if a certificate has a key that cannot be used
     */
    public static TrustedKeys ofCertificates(Collection<X509Certificate> certificates) {
        List<JWK> keys = new ArrayList<>();
        for (X509Certificate certificate : certificates) {
            keys.add(jwkOf(certificate));
        }
        return new TrustedKeys(keys);
    }

    /**
     * Returns the key of a certificate.
     *
     * @throws IllegalArgumentException if it cannot be used
     */
    static TrustedKey keyOf(X509Certificate certificate) {
        return new TrustedKey(certificate.getPublicKey(), TrustedKey.algorithms(jwkOf(certificate)));
    }

    /** What else a certificate says about its key, such as its serial number, is nothing that a token names. */
    private static JWK jwkOf(X509Certificate certificate) {
        JWK jwk = null;
        if (certificate.getPublicKey() instanceof RSAPublicKey rsa) {
            jwk = new RSAKey.Builder(rsa).build();
        } else if (certificate.getPublicKey() instanceof ECPublicKey ec) {
            Curve curve = Curve.forECParameterSpec(ec.getParams());
            jwk = curve == null ? null : new ECKey.Builder(curve, ec).build();
        }
        if (jwk == null || TrustedKey.algorithms(jwk).isEmpty()) {
            throw new IllegalArgumentException("the certificate of '" + certificate.getSubjectX500Principal()
                    + "' has no key for signatures by RSA (2048 to 8192 bits) or ECDSA");
        }
        return jwk;
    }

    private void add(JWK jwk) {
        Set<JWSAlgorithm> algorithms = TrustedKey.algorithms(jwk);
        if (algorithms.isEmpty() || !isForSignatures(jwk) || !(jwk instanceof AsymmetricJWK asymmetric)) {
            return;
        }
        try {
            TrustedKey key = new TrustedKey(asymmetric.toPublicKey(), algorithms);
            all.add(key);
            name(jwk.computeThumbprint().toString(), key);
            name(KeyIds.libtrust(key.key()), key);
            if (jwk.getKeyID() != null) {
                name(jwk.getKeyID(), key);
            }
        } catch (JOSEException e) {
            throw new IllegalArgumentException("a key cannot be used: " + e.getMessage(), e);
        }
    }

    private static boolean isForSignatures(JWK jwk) {
        return (jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE))
                && (jwk.getKeyOperations() == null
                        || jwk.getKeyOperations().isEmpty()
                        || jwk.getKeyOperations().contains(KeyOperation.VERIFY)
                        || jwk.getKeyOperations().contains(KeyOperation.SIGN));
    }

    private void name(String id, TrustedKey key) {
        byId.computeIfAbsent(id, any -> new LinkedHashSet<>()).add(key);
    }

    @Override
    public Set<TrustedKey> find(JWSHeader header) {
        String id = header.getKeyID();
        if (id != null) {
            return byId.getOrDefault(id, Set.of());
        }
        // A set with one key needs no identifiers (OpenID Connect Core 1.0, section 10.1).
        return all.size() == 1 && header.getX509CertChain() == null ? all : Set.of();
    }
}

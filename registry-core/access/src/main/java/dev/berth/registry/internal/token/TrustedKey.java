package dev.berth.registry.internal.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.PublicKey;
import java.util.Map;
import java.util.Set;

/**
 * A key, and the algorithms that it is for: what a token says about that does not count.
 *
 * @param key the public key
 * @param algorithms the algorithms
 */
public record TrustedKey(PublicKey key, Set<JWSAlgorithm> algorithms) {
    private static final int SMALLEST_RSA_BITS = 2048;

    /** Verifying with a larger one takes longer than a request should. */
    private static final int LARGEST_RSA_BITS = 8192;

    private static final Set<JWSAlgorithm> RSA = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512);
    private static final Map<Curve, JWSAlgorithm> CURVES = Map.of(
            Curve.P_256, JWSAlgorithm.ES256,
            Curve.P_384, JWSAlgorithm.ES384,
            Curve.P_521, JWSAlgorithm.ES512);

    /** Returns the algorithms that a key can be used for and may be used for: none if it is no key for signatures. */
    static Set<JWSAlgorithm> algorithms(JWK jwk) {
        Set<JWSAlgorithm> possible = Set.of();
        if (jwk instanceof RSAKey rsa && rsa.size() >= SMALLEST_RSA_BITS && rsa.size() <= LARGEST_RSA_BITS) {
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
}

package dev.berth.registry.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.berth.registry.certificates.TestCertificate;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A token service that is not Berth's: it signs whatever it is told to. */
final class OutsideService {
    static final String ISSUER = "outside.test";
    static final String SERVICE = "registry.test";

    private OutsideService() {}

    static Map<String, Object> access(String repository, String... actions) {
        return Map.of("type", "repository", "name", repository, "actions", List.of(actions));
    }

    @SafeVarargs
    static JWTClaimsSet.Builder claims(Map<String, Object>... access) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(SERVICE)
                .subject("alice")
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .claim("access", Arrays.asList(access));
    }

    /** Returns a token that names its key as the header says. */
    static String token(
            JWSAlgorithm algorithm, KeyPair keys, JWTClaimsSet claims, UnaryOperator<JWSHeader.Builder> header) {
        SignedJWT token =
                new SignedJWT(header.apply(new JWSHeader.Builder(algorithm)).build(), claims);
        try {
            token.sign(signer(algorithm, keys));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        return token.serialize();
    }

    private static JWSSigner signer(JWSAlgorithm algorithm, KeyPair keys) throws JOSEException {
        return keys.getPrivate() instanceof ECPrivateKey ec
                ? new ECDSASigner(
                        ec, Curve.forJWSAlgorithm(algorithm).iterator().next())
                : new RSASSASigner(keys.getPrivate());
    }

    static List<Base64> x5c(TestCertificate... chain) {
        List<Base64> encoded = new ArrayList<>();
        for (TestCertificate each : chain) {
            encoded.add(encode(each.certificate()));
        }
        return encoded;
    }

    private static Base64 encode(X509Certificate certificate) {
        try {
            return Base64.encode(certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}

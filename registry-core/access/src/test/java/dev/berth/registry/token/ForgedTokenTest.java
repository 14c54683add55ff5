package dev.berth.registry.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only tokens that a trusted key has signed, for this service and this time, give access. */
class ForgedTokenTest {
    private static final String MANIFEST = "/v2/alice/app/manifests/1";

    @TempDir
    private Path directory;

    private PrivateRegistry there;
    private ECKey key;

    @BeforeEach
    void start() throws IOException, ParseException {
        there = new PrivateRegistry(directory);
        key = ECKey.parse(there.keys.get().get(0).toJson());
    }

    @AfterEach
    void stop() {
        there.close();
    }

    private JWTClaimsSet.Builder claims() {
        Instant now = there.now.get();
        return new JWTClaimsSet.Builder()
                .issuer(PrivateRegistry.SERVICE)
                .audience(PrivateRegistry.SERVICE)
                .subject("alice")
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .claim(
                        "access",
                        List.of(Map.of("type", "repository", "name", "alice/app", "actions", List.of("pull"))));
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) throws JOSEException {
        SignedJWT token = new SignedJWT(header, claims);
        token.sign(signer);
        return token.serialize();
    }

    private JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID());
    }

    private int statusOf(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
        return there.status(
                MANIFEST, signed(header().build(), change.apply(claims()).build(), new ECDSASigner(key)));
    }

    @Test
    void aTokenAsItShouldBeIsTaken() throws JOSEException {
        assertThat(statusOf(claims -> claims)).isEqualTo(200);
        assertThat(statusOf(claims -> claims.audience(List.of("other", PrivateRegistry.SERVICE))))
                .isEqualTo(200);
    }

    @Test
    void everyClaimCounts() throws JOSEException {
        Instant now = there.now.get();
        assertThat(statusOf(claims -> claims.issuer(null))).isEqualTo(401);
        assertThat(statusOf(claims -> claims.issuer("other"))).isEqualTo(401);
        assertThat(statusOf(claims -> claims.audience((String) null))).isEqualTo(401);
        assertThat(statusOf(claims -> claims.audience("other"))).isEqualTo(401);
        assertThat(statusOf(claims -> claims.audience(PrivateRegistry.SERVICE + "/refresh")))
                .isEqualTo(401);
        assertThat(statusOf(claims -> claims.subject(null))).isEqualTo(401);
        assertThat(statusOf(claims -> claims.subject("nobody"))).isEqualTo(401);
        assertThat(statusOf(claims -> claims.expirationTime(null))).isEqualTo(401);
        assertThat(statusOf(claims -> claims.expirationTime(Date.from(now.minus(Duration.ofMinutes(10))))))
                .isEqualTo(401);
        assertThat(statusOf(claims -> claims.expirationTime(Date.from(now.minusSeconds(40)))))
                .isEqualTo(200);
        assertThat(statusOf(claims -> claims.notBeforeTime(Date.from(now.plus(Duration.ofMinutes(10))))))
                .isEqualTo(401);
        assertThat(statusOf(claims -> claims.notBeforeTime(Date.from(now.plusSeconds(40)))))
                .isEqualTo(200);
        assertThat(statusOf(claims -> claims.claim("exp", "tomorrow"))).isEqualTo(401);
        assertThat(statusOf(claims -> claims.claim("access", "everything"))).isEqualTo(401);
        assertThat(statusOf(claims -> claims.claim("access", List.of(Map.of("type", 1)))))
                .isEqualTo(401);
        assertThat(statusOf(claims -> claims.claim("access", null))).isEqualTo(401);
    }

    @Test
    void theKeyOfTheHeaderDoesNotCount() throws JOSEException, ParseException {
        ECKey mine = ECKey.parse(SigningKey.generate().toJson());
        JWTClaimsSet claims = claims().build();
        ECDSASigner signer = new ECDSASigner(mine);

        assertThat(there.status(MANIFEST, signed(header().build(), claims, signer)))
                .isEqualTo(401);
        assertThat(there.status(
                        MANIFEST, signed(header().jwk(mine.toPublicJWK()).build(), claims, signer)))
                .isEqualTo(401);
        assertThat(there.status(
                        MANIFEST,
                        signed(
                                header().keyID(mine.getKeyID())
                                        .jwk(mine.toPublicJWK())
                                        .build(),
                                claims,
                                signer)))
                .isEqualTo(401);
        assertThat(there.status(
                        MANIFEST,
                        signed(
                                header().jwkURL(URI.create("http://127.0.0.1:1/keys"))
                                        .build(),
                                claims,
                                signer)))
                .isEqualTo(401);
    }

    @Test
    void theAlgorithmOfTheHeaderDoesNotCount() throws JOSEException {
        JWTClaimsSet claims = claims().build();
        String none = new PlainJWT(claims).serialize();
        byte[] publicKey = key.toECPublicKey().getEncoded();
        String mac = signed(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(),
                claims,
                new MACSigner(publicKey));
        RSAKey rsa = new RSAKeyGenerator(2048).generate();
        String other = signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims, new RSASSASigner(rsa));

        for (String token : List.of(none, mac, other)) {
            assertThat(there.status(MANIFEST, token)).isEqualTo(401);
        }
    }

    @Test
    void aCriticalFieldThatIsNotKnownIsRefused() throws JOSEException {
        JWSHeader header = header().customParam("policy", "strict")
                .criticalParams(Set.of("policy"))
                .build();

        assertThat(there.status(MANIFEST, signed(header, claims().build(), new ECDSASigner(key))))
                .isEqualTo(401);
    }

    @Test
    void rubbishIsRefused() throws JOSEException {
        String good = signed(header().build(), claims().build(), new ECDSASigner(key));
        assertThat(there.status(MANIFEST, good)).isEqualTo(200);

        for (String token : List.of(
                "x", "a.b.c", "..", good + "x", good.substring(1), good.replace('.', ' '), "x".repeat(20_000))) {
            assertThat(there.status(MANIFEST, token)).as(token).isEqualTo(401);
        }
        assertThat(there.get(MANIFEST, "Authorization", "Bearer " + good, "Authorization", "Bearer " + good)
                        .statusCode())
                .isEqualTo(400);
    }
}

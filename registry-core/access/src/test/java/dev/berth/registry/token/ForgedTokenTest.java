package dev.berth.registry.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
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

    @Test
    void theTypeOfAnotherKindOfTokenIsRefused() throws JOSEException {
        for (String type : List.of("JWT", "jwt", "at+jwt", "application/at+jwt")) {
            assertThat(statusWith(header().type(new JOSEObjectType(type))))
                    .as(type)
                    .isEqualTo(200);
        }
        for (String type : List.of("logout+jwt", "dpop+jwt", "secevent+jwt", "JOSE", "")) {
            assertThat(statusWith(header().type(new JOSEObjectType(type))))
                    .as(type)
                    .isEqualTo(401);
        }
    }

    private int statusWith(JWSHeader.Builder header) throws JOSEException {
        return there.status(MANIFEST, signed(header.build(), claims().build(), new ECDSASigner(key)));
    }

    @Test
    void aPublicKeyIsNoSecretInAnyForm() throws JOSEException {
        byte[] der = key.toECPublicKey().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END PUBLIC KEY-----\n";
        for (byte[] secret : List.of(
                der,
                pem.getBytes(StandardCharsets.US_ASCII),
                key.toPublicJWK().toJSONString().getBytes(StandardCharsets.US_ASCII))) {
            for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384, JWSAlgorithm.HS512)) {
                assertThat(there.status(
                                MANIFEST,
                                signed(
                                        new JWSHeader.Builder(algorithm)
                                                .keyID(key.getKeyID())
                                                .build(),
                                        claims().build(),
                                        new MACSigner(secret))))
                        .isEqualTo(401);
            }
        }
    }

    /** Signs a header and claims that are texts, since a library does not write what is wrong. */
    private String signedTexts(String header, String claims) throws JOSEException {
        Base64URL first = Base64URL.encode(header);
        Base64URL second = Base64URL.encode(claims);
        Base64URL signature =
                new ECDSASigner(key).sign(header().build(), (first + "." + second).getBytes(StandardCharsets.US_ASCII));
        return first + "." + second + "." + signature;
    }

    @Test
    void aNameThatIsThereTwiceIsRefused() throws JOSEException {
        String header = header().build().toString();
        String claims = claims().build().toString();
        assertThat(there.status(MANIFEST, signedTexts(header, claims))).isEqualTo(200);

        for (String twice : List.of(
                claims.replaceFirst("\\{", "{\"sub\":\"bob\","),
                claims.replaceFirst("\\{", "{\"exp\":1,"),
                claims.replaceFirst("\"type\":", "\"type\":\"registry\",\"type\":"),
                claims + " {}")) {
            assertThat(there.status(MANIFEST, signedTexts(header, twice)))
                    .as(twice)
                    .isEqualTo(401);
        }
        assertThat(there.status(MANIFEST, signedTexts(header.replaceFirst("\\{", "{\"alg\":\"none\","), claims)))
                .isEqualTo(401);
    }

    @Test
    void claimsOfAnotherTypeAreRefused() throws JOSEException {
        String header = header().build().toString();
        String claims = claims().build().toString();
        for (String wrong : List.of(
                claims.replaceFirst("\"exp\":(\\d+)", "\"exp\":\"$1\""),
                claims.replaceFirst("\"exp\":(\\d+)", "\"exp\":null"),
                claims.replaceFirst("\"exp\":(\\d+)", "\"exp\":[$1]"),
                claims.replaceFirst("\"exp\":(\\d+)", "\"exp\":-1"),
                claims.replaceFirst("\"nbf\":(\\d+)", "\"nbf\":\"$1\""),
                claims.replaceFirst("\"iss\":\"[^\"]*\"", "\"iss\":[\"" + PrivateRegistry.SERVICE + "\"]"),
                claims.replaceFirst("\"aud\":\"[^\"]*\"", "\"aud\":{\"a\":1}"),
                claims.replaceFirst("\"sub\":\"[^\"]*\"", "\"sub\":1"),
                claims.replaceFirst("\"actions\":\\[\"pull\"]", "\"actions\":[1]"),
                "[]",
                "{}",
                "null",
                "")) {
            assertThat(wrong).isNotEqualTo(claims);
            assertThat(there.status(MANIFEST, signedTexts(header, wrong)))
                    .as(wrong)
                    .isEqualTo(401);
        }
    }

    @Test
    void aTokenIsAtMostSixteenKibibytesLong() throws JOSEException {
        String long17 =
                signed(header().build(), claims().claim("x", "x".repeat(17_000)).build(), new ECDSASigner(key));
        HttpResponse<String> refused = there.get(MANIFEST, "Authorization", "Bearer " + long17);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("longer than 16384 characters");

        String long100 = signed(
                header().build(), claims().claim("x", "x".repeat(100_000)).build(), new ECDSASigner(key));
        assertThat(there.status(MANIFEST, long100)).isBetween(400, 499);
    }

    @Test
    void aClockThatIsOffIsSaidToBe() throws JOSEException {
        String token = signed(header().build(), claims().build(), new ECDSASigner(key));
        Instant now = there.now.get();

        there.now.set(now.minusSeconds(40));
        assertThat(there.status(MANIFEST, token)).isEqualTo(200);
        there.now.set(now.plusSeconds(340));
        assertThat(there.status(MANIFEST, token)).isEqualTo(200);
        there.now.set(now.minus(Duration.ofMinutes(10)));
        assertThat(there.get(MANIFEST, "Authorization", "Bearer " + token).body())
                .contains("not good yet", "compare the clock of this server");
        there.now.set(now.plus(Duration.ofMinutes(10)));
        assertThat(there.get(MANIFEST, "Authorization", "Bearer " + token).body())
                .contains("expired", "compare the clock of this server");
    }
}

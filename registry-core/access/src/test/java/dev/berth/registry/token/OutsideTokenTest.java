package dev.berth.registry.token;

import static dev.berth.registry.token.OutsideService.access;
import static dev.berth.registry.token.OutsideService.claims;
import static dev.berth.registry.token.OutsideService.token;
import static dev.berth.registry.token.OutsideService.x5c;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpServer;
import dev.berth.registry.account.LoginEvents;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditEvent.Type;
import dev.berth.registry.certificates.TestCertificate;
import dev.berth.registry.internal.token.KeyIds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of an outside service, with the keys in files: the rules of registry:2 and registry:3. */
class OutsideTokenTest {
    private static final String MANIFEST = "/v2/alice/app/manifests/1";
    private static final JWTClaimsSet PULL = claims(access("alice/app", "pull")).build();

    @TempDir
    private static Path directory;

    private static final KeyPair EC = TestCertificate.ec("secp256r1");
    private static final KeyPair EC384 = TestCertificate.ec("secp384r1");
    private static final KeyPair OTHER = TestCertificate.ec("secp256r1");
    private static final KeyPair RSA = TestCertificate.rsa(2048);
    private static final TestCertificate ROOT =
            TestCertificate.named("root").keys(RSA).authority().selfSigned();
    private static final TestCertificate OVER = TestCertificate.named("over")
            .authority()
            .valid(Instant.now().minus(Duration.ofDays(20)), Instant.now().minus(Duration.ofDays(10)))
            .selfSigned();

    private static OutsideTokens tokens;
    private static TokenServer server;

    @BeforeAll
    static void start() throws IOException {
        Path bundle = Files.writeString(directory.resolve("bundle.pem"), ROOT.pem() + OVER.pem());
        Path jwks = Files.writeString(directory.resolve("jwks.json"), jwks("named", EC));
        tokens = OutsideTokens.open(options().certificates(bundle).keys(jwks).build());
        server = TokenServer.start(tokens.authenticator());
    }

    @AfterAll
    static void stop() {
        server.close();
        tokens.close();
    }

    private static OutsideTokenOptions.Builder options() {
        return OutsideTokenOptions.builder(OutsideService.SERVICE, OutsideService.ISSUER)
                .realm(URI.create("https://auth.test/token"));
    }

    private static String jwks(String id, KeyPair keys) {
        return new JWKSet(new ECKey.Builder(
                                Curve.forECParameterSpec(((ECPublicKey) keys.getPublic()).getParams()),
                                (ECPublicKey) keys.getPublic())
                        .keyID(id)
                        .build())
                .toString();
    }

    private static String byId(JWTClaimsSet claims) {
        return token(JWSAlgorithm.ES256, EC, claims, header -> header.keyID("named"));
    }

    @Test
    void aKeyIsNamedByItsIdentifierItsThumbprintOrThatOfLibtrust() throws Exception {
        String ofRsa = new RSAKey.Builder((RSAPublicKey) RSA.getPublic())
                .build()
                .computeThumbprint()
                .toString();
        assertThat(server.status(MANIFEST, byId(PULL))).isEqualTo(200);
        for (String id : List.of(KeyIds.libtrust(RSA.getPublic()), ofRsa)) {
            for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.RS256, JWSAlgorithm.RS512, JWSAlgorithm.PS256)) {
                assertThat(server.status(MANIFEST, token(algorithm, RSA, PULL, header -> header.keyID(id))))
                        .as("%s %s", algorithm, id)
                        .isEqualTo(200);
            }
        }
        assertThat(server.status(MANIFEST, token(JWSAlgorithm.RS256, RSA, PULL, header -> header.keyID("other"))))
                .isEqualTo(401);
        assertThat(server.status(MANIFEST, token(JWSAlgorithm.ES384, EC384, PULL, header -> header.keyID("named"))))
                .isEqualTo(401);
    }

    @Test
    void aChainOfCertificatesLeadsToAKnownOne() {
        TestCertificate middle = TestCertificate.named("middle").authority().signedBy(ROOT);
        TestCertificate leaf = TestCertificate.named("leaf").keys(EC384).signedBy(middle);

        UnaryOperator<JWSHeader.Builder> chain = header -> header.x509CertChain(x5c(leaf, middle));
        for (int i = 0; i < 2; i++) {
            assertThat(server.status(MANIFEST, token(JWSAlgorithm.ES384, EC384, PULL, chain)))
                    .isEqualTo(200);
        }
        assertThat(server.status(
                        MANIFEST,
                        token(
                                JWSAlgorithm.ES384,
                                EC384,
                                PULL,
                                header -> header.x509CertChain(x5c(leaf, middle, ROOT)))))
                .isEqualTo(200);
        assertThat(server.status(
                        MANIFEST,
                        token(
                                JWSAlgorithm.RS256,
                                RSA,
                                PULL,
                                header -> header.x509CertChain(x5c(ROOT)).keyID("?"))))
                .isEqualTo(200);
        assertThat(server.status(MANIFEST, token(JWSAlgorithm.ES256, EC, PULL, chain)))
                .isEqualTo(401);
    }

    @Test
    void aChainThatLeadsNowhereOrIsNotGoodNowDoesNotCount() {
        Instant now = Instant.now();
        TestCertificate stranger = TestCertificate.named("root").authority().selfSigned();
        TestCertificate late = TestCertificate.named("late")
                .keys(OTHER)
                .valid(now.minus(Duration.ofDays(2)), now.minus(Duration.ofDays(1)))
                .signedBy(ROOT);
        TestCertificate early = TestCertificate.named("early")
                .keys(OTHER)
                .valid(now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(2)))
                .signedBy(ROOT);
        TestCertificate noAuthority = TestCertificate.named("no authority").signedBy(ROOT);
        TestCertificate ofTheOver =
                TestCertificate.named("of the over").keys(OTHER).signedBy(OVER);
        TestCertificate good = TestCertificate.named("good").keys(OTHER).signedBy(ROOT);
        List<TestCertificate[]> chains = List.of(
                new TestCertificate[] {TestCertificate.named("leaf").keys(OTHER).signedBy(stranger)},
                new TestCertificate[] {TestCertificate.named("leaf").keys(OTHER).signedBy(stranger), stranger},
                new TestCertificate[] {TestCertificate.named("leaf").keys(OTHER).selfSigned(), ROOT},
                new TestCertificate[] {late},
                new TestCertificate[] {early},
                new TestCertificate[] {
                    TestCertificate.named("leaf").keys(OTHER).signedBy(noAuthority), noAuthority, ROOT
                },
                new TestCertificate[] {ofTheOver},
                new TestCertificate[] {ofTheOver, OVER},
                new TestCertificate[] {good, good, good, good, good, good, good, good, good});
        for (TestCertificate[] chain : chains) {
            assertThat(server.status(
                            MANIFEST,
                            token(JWSAlgorithm.ES256, OTHER, PULL, header -> header.x509CertChain(x5c(chain)))))
                    .as(chain[0].certificate().toString())
                    .isEqualTo(401);
        }
        assertThat(server.status(
                        MANIFEST, token(JWSAlgorithm.ES256, OTHER, PULL, header -> header.x509CertChain(x5c(good)))))
                .isEqualTo(200);
    }

    @Test
    void aKeyInTheHeaderDoesNotCount() {
        ECKey own = new ECKey.Builder(Curve.P_384, (ECPublicKey) EC384.getPublic())
                .keyID(KeyIds.libtrust(RSA.getPublic()))
                .build();

        for (UnaryOperator<JWSHeader.Builder> header : List.<UnaryOperator<JWSHeader.Builder>>of(
                builder -> builder.jwk(own),
                builder -> builder.jwk(own).keyID("named"),
                builder -> builder.jwk(own).keyID(own.getKeyID()),
                builder -> builder.jwkURL(URI.create("http://127.0.0.1:1/")).keyID("x"),
                builder -> builder.x509CertURL(URI.create("http://127.0.0.1:1/")),
                builder -> builder)) {
            assertThat(server.status(MANIFEST, token(JWSAlgorithm.ES384, EC384, PULL, header)))
                    .isEqualTo(401);
        }
    }

    private static String with(String repository, String... actions) {
        return byId(claims(access(repository, actions)).build());
    }

    @Test
    void whatATokenIsForDecides() {
        String uploads = "/v2/alice/app/blobs/uploads/";
        assertThat(server.status(MANIFEST, with("alice/app", "*"))).isEqualTo(200);
        assertThat(server.status(MANIFEST, with("alice/app", "push"))).isEqualTo(401);
        assertThat(server.status(MANIFEST, with("alice/other", "pull"))).isEqualTo(401);
        assertThat(post(uploads, with("alice/app", "pull", "push"))).isEqualTo(202);
        assertThat(post(uploads, with("alice/app", "*"))).isEqualTo(202);
        assertThat(post(uploads, with("alice/app", "push"))).isEqualTo(401);
        assertThat(post(uploads, with("alice/app", "pull"))).isEqualTo(401);
        assertThat(delete(MANIFEST, with("alice/app", "pull", "push"))).isEqualTo(401);
        assertThat(delete(MANIFEST + "0", with("alice/app", "delete"))).isEqualTo(404);
    }

    @Test
    void aMountNeedsPullWhereTheBlobComesFrom() {
        String mount = "/v2/alice/app/blobs/uploads/?from=secret/app&mount=sha256:"
                + "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
        String both = byId(claims(access("alice/app", "pull", "push"), access("secret/app", "pull"))
                .build());

        HttpResponse<String> refused =
                server.send("POST", mount, "Authorization", "Bearer " + with("alice/app", "pull", "push"));
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
                .contains("repository:alice/app:pull,push repository:secret/app:pull", "insufficient_scope");
        assertThat(post(mount, both)).isEqualTo(201);
    }

    @Test
    void theCatalogueNeedsItsOwnScope() {
        String token = byId(claims(Map.of("type", "registry", "name", "catalog", "actions", List.of("*")))
                .build());

        assertThat(server.get("/v2/_catalog", token).body()).contains("alice/app", "secret/app");
        assertThat(server.status("/v2/_catalog", with("alice/app", "*"))).isEqualTo(401);
    }

    private static int post(String target, String token) {
        return server.send("POST", target, "Authorization", "Bearer " + token).statusCode();
    }

    private static int delete(String target, String token) {
        return server.send("DELETE", target, "Authorization", "Bearer " + token).statusCode();
    }

    @Test
    void withoutATokenEverythingIsChallenged() {
        String challenge = "Bearer realm=\"https://auth.test/token\",service=\"registry.test\"";

        HttpResponse<String> ping = server.send("GET", "/v2/");
        assertThat(ping.statusCode()).isEqualTo(401);
        assertThat(ping.headers().allValues("WWW-Authenticate")).containsExactly(challenge);
        HttpResponse<String> pull = server.send("GET", MANIFEST);
        assertThat(pull.statusCode()).isEqualTo(401);
        assertThat(pull.headers().allValues("WWW-Authenticate"))
                .containsExactly(challenge + ",scope=\"repository:alice/app:pull\"");
        assertThat(server.send("GET", MANIFEST, "Authorization", "Basic Og==").statusCode())
                .isEqualTo(401);
        HttpResponse<String> password = server.send("GET", MANIFEST, "Authorization", PrivateRegistry.basic("a", "b"));
        assertThat(password.statusCode()).isEqualTo(401);
        assertThat(password.body()).contains("takes tokens, and no passwords");
        assertThat(server.get(MANIFEST, "rubbish")
                        .headers()
                        .firstValue("WWW-Authenticate")
                        .orElse(""))
                .contains("error=\"invalid_token\"");
        assertThat(server.status("/v2/", byId(PULL))).isEqualTo(200);
        assertThat(server.send("GET", MANIFEST, "Authorization", "Bearer " + byId(PULL), "Authorization", "Basic Og==")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void withAPolicyATokenOnlyNarrows() throws IOException {
        try (TokenServer there = TokenServer.start(
                tokens.authenticator((caller, action, repository) -> mayPull(caller.name(), repository.value())),
                (caller, action, repository) -> mayPull(caller.name(), repository.value()))) {
            assertThat(there.status(MANIFEST, byId(PULL))).isEqualTo(200);
            assertThat(there.status("/v2/public/app/manifests/1", byId(PULL))).isEqualTo(401);
            assertThat(there.status("/v2/secret/app/manifests/1", with("secret/app", "*")))
                    .isEqualTo(403);
            assertThat(there.status("/v2/secret/app/manifests/1", byId(PULL))).isEqualTo(403);
            assertThat(there.status(
                            MANIFEST,
                            byId(new JWTClaimsSet.Builder(PULL).subject("bob").build())))
                    .isEqualTo(403);
            assertThat(there.status(
                            MANIFEST,
                            byId(new JWTClaimsSet.Builder(PULL).subject("").build())))
                    .isEqualTo(401);
            assertThat(there.status(
                            MANIFEST,
                            byId(new JWTClaimsSet.Builder(PULL).subject("a\nb").build())))
                    .isEqualTo(401);
            assertThat(there.send("GET", "/v2/public/app/manifests/1").statusCode())
                    .isEqualTo(200);
            assertThat(there.send("GET", MANIFEST).statusCode()).isEqualTo(401);
            assertThat(there.send("GET", "/v2/").statusCode()).isEqualTo(401);
        }
    }

    private static boolean mayPull(String caller, String repository) {
        return repository.startsWith("public/") || caller.equals("alice") && repository.startsWith("alice/");
    }

    @Test
    void theRealmMayBeAPathOfTheOwnHost() throws IOException {
        OutsideTokenOptions own = OutsideTokenOptions.builder("registry.test", "outside.test")
                .keys(Files.writeString(directory.resolve("own.json"), jwks("named", EC)))
                .ownRealm("/auth/other")
                .build();
        try (OutsideTokens opened = OutsideTokens.open(own);
                TokenServer there = TokenServer.start(opened.authenticator())) {
            assertThat(there.send("GET", "/v2/")
                            .headers()
                            .firstValue("WWW-Authenticate")
                            .orElse(""))
                    .startsWith("Bearer realm=\"http://" + there.host() + "/auth/other\"");
        }
    }

    @Test
    void onlyTheAlgorithmsThatArePermittedCount() throws IOException {
        Path jwks = Files.writeString(directory.resolve("only.json"), jwks("named", EC));
        try (OutsideTokens opened = OutsideTokens.open(
                        options().keys(jwks).algorithms(List.of("RS256")).build());
                TokenServer there = TokenServer.start(opened.authenticator())) {
            HttpResponse<String> refused = there.get(MANIFEST, byId(PULL));
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.body()).contains("algorithm (alg) is not permitted");
        }
        assertThatThrownBy(() -> options().algorithms(List.of("HS256"))).hasMessageContaining("'HS256' is not known");
        assertThatThrownBy(() -> options().algorithms(List.of("none"))).hasMessageContaining("ES256");
    }

    @Test
    void aFileWithKeysIsReadAgainWhenItChanges() throws IOException {
        Path jwks = Files.writeString(directory.resolve("changing.json"), jwks("one", EC384));
        try (OutsideTokens opened = OutsideTokens.open(options().keys(jwks).build());
                TokenServer there = TokenServer.start(opened.authenticator())) {
            assertThat(there.status(MANIFEST, byId(PULL))).isEqualTo(401);
            Files.writeString(jwks, jwks("named", EC));
            assertThat(there.status(MANIFEST, byId(PULL))).isEqualTo(200);
            for (String wrong : List.of("", "{", "{\"keys\":[]}", "[]")) {
                Files.writeString(jwks, wrong);
                assertThat(there.status(MANIFEST, byId(PULL))).isEqualTo(200);
            }
            Files.delete(jwks);
            assertThat(there.status(MANIFEST, byId(PULL))).isEqualTo(200);
            Files.writeString(jwks, jwks("one", EC384));
            assertThat(there.status(MANIFEST, byId(PULL))).isEqualTo(401);
        }
    }

    @Test
    void whatCannotBeUsedKeepsItFromOpening() throws IOException {
        Path wrong = Files.writeString(directory.resolve("wrong"), "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}");
        Path small = Files.writeString(
                directory.resolve("small.pem"),
                TestCertificate.named("small")
                        .keys(TestCertificate.rsa(1024))
                        .selfSigned()
                        .pem());

        assertThatThrownBy(() -> OutsideTokens.open(options().keys(wrong).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(wrong.toString())
                .hasMessageContaining("no public key");
        assertThatThrownBy(
                        () -> OutsideTokens.open(options().certificates(wrong).build()))
                .hasMessageContaining(wrong.toString())
                .hasMessageContaining("no certificate");
        assertThatThrownBy(
                        () -> OutsideTokens.open(options().certificates(small).build()))
                .hasMessageContaining(small.toString())
                .hasMessageContaining("CN=small");
        assertThatThrownBy(() -> OutsideTokens.open(
                        options().keys(directory.resolve("absent")).build()))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> options().build()).hasMessageContaining("rootcertbundle");
        assertThatThrownBy(() -> options().realm(URI.create("https://auth.test/?a=b")))
                .hasMessageContaining("without a query");
        assertThatThrownBy(() -> options().keys(URI.create("ftp://auth.test/"))).hasMessageContaining("https");
        assertThatThrownBy(() -> options().keys(URI.create("https://a:secret@auth.test/")))
                .hasMessageContaining("no user")
                .hasMessageNotContaining("secret");
    }

    @Test
    void keysAreFetchedFromAnAddress() throws IOException {
        AtomicReference<String> answer = new AtomicReference<>(jwks("one", EC384));
        AtomicInteger fetches = new AtomicInteger();
        HttpServer keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        keys.createContext("/", exchange -> {
            fetches.incrementAndGet();
            byte[] body = answer.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        keys.start();
        URI address = URI.create("http://127.0.0.1:" + keys.getAddress().getPort() + "/jwks");
        try (OutsideTokens opened = OutsideTokens.open(options().keys(address).build());
                TokenServer there = TokenServer.start(opened.authenticator())) {
            String older = token(JWSAlgorithm.ES384, EC384, PULL, header -> header.keyID("one"));
            assertThat(there.status(MANIFEST, older)).isEqualTo(200);
            answer.set(jwks("named", EC));
            assertThat(there.status(MANIFEST, byId(PULL))).isEqualTo(200);
            assertThat(there.status(MANIFEST, older)).isEqualTo(401);
            int before = fetches.get();
            for (int i = 0; i < 20; i++) {
                assertThat(there.status(MANIFEST, older)).isEqualTo(401);
            }
            assertThat(fetches).hasValue(before);
            keys.stop(0);
            assertThat(there.status(MANIFEST, byId(PULL))).isEqualTo(200);
        } finally {
            keys.stop(0);
        }

        try (OutsideTokens opened = OutsideTokens.open(options().keys(address).build());
                TokenServer there = TokenServer.start(opened.authenticator())) {
            HttpResponse<String> refused = there.get(MANIFEST, byId(PULL));
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("The keys of the token service cannot be fetched");
        }
    }

    @Test
    void theListenerIsToldWhoIsLetInAndWhoIsNot() throws IOException {
        List<AuditEvent> events = new CopyOnWriteArrayList<>();
        try (TokenServer there = TokenServer.start(tokens.authenticator(LoginEvents.of(events::add)))) {
            assertThat(there.status(MANIFEST, byId(PULL))).isEqualTo(200);
            assertThat(there.status(MANIFEST, byId(PULL))).isEqualTo(200);
            assertThat(there.status(MANIFEST, "rubbish")).isEqualTo(401);
        }
        assertThat(events).extracting(AuditEvent::type).containsExactly(Type.LOGIN, Type.LOGIN_REFUSED);
        assertThat(events.get(0).caller()).isEqualTo("alice");
        assertThat(events.get(1).reason()).contains("no signed JSON Web Token").doesNotContain("rubbish");
    }
}

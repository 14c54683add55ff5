package dev.berth.registry.testing;

import static dev.berth.registry.testing.HttpMethod.GET;
import static dev.berth.registry.testing.RegistryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MountSource;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.credentials.CredentialStore;
import dev.berth.registry.client.credentials.Credentials;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that wants tokens, and tokens that expire. */
class TokenAuthTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

    private final TestRegistry registry = TestRegistry.builder()
            .tokenAuth("alice", "se+cr et")
            .tokenAuth("bob", "b")
            .image("team/app:1.0", TestImages.empty())
            .start();
    private final Client client = new Client(registry);

    @AfterEach
    void close() {
        registry.close();
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static String token(HttpResponse<byte[]> answer) {
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        Matcher matcher = Pattern.compile("\"token\":\"([^\"]+)\"").matcher(body);
        assertThat(matcher.find()).as(body).isTrue();
        return matcher.group(1);
    }

    private String token(String scope) throws Exception {
        return token(
                client.get("/token?service=berth-test-registry&scope=" + scope, "Authorization", basic("bob", "b")));
    }

    private RemoteRegistry connect(String user, String password) {
        return RemoteRegistry.at(
                registry.uri().toString(),
                RemoteOptions.builder()
                        .credentials(CredentialStore.of(registry.address(), Credentials.of(user, password)))
                        .build());
    }

    @Test
    void theChallengeSaysWhereATokenIsGotAndForWhat() throws Exception {
        HttpResponse<byte[]> answer = client.get("/v2/team/app/manifests/1.0");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"" + registry.uri() + "token\",service=\"berth-test-registry\","
                        + "scope=\"repository:team/app:pull\"");
        assertThat(client.send("POST", "/v2/team/app/blobs/uploads/?mount=sha256:0&from=base")
                        .headers()
                        .firstValue("WWW-Authenticate")
                        .orElseThrow())
                .endsWith("scope=\"repository:base:pull repository:team/app:pull,push\"");
        assertThat(client.send("DELETE", "/v2/team/app/manifests/1.0")
                        .headers()
                        .firstValue("WWW-Authenticate")
                        .orElseThrow())
                .endsWith("scope=\"repository:team/app:delete\"");
        assertThat(client.get("/v2/").headers().firstValue("WWW-Authenticate").orElseThrow())
                .doesNotContain("scope");
    }

    @Test
    void aTokenOpensWhatItWasGotForAndNothingElse() throws Exception {
        String bearer = "Bearer " + token("repository:team/app:pull");

        assertThat(client.get("/v2/", "Authorization", bearer).statusCode()).isEqualTo(200);
        assertThat(client.get("/v2/team/app/manifests/1.0", "Authorization", bearer)
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<byte[]> push = client.send("POST", "/v2/team/app/blobs/uploads/", "Authorization", bearer);
        assertThat(push.statusCode()).isEqualTo(401);
        assertThat(push.headers().firstValue("WWW-Authenticate").orElseThrow())
                .endsWith("scope=\"repository:team/app:pull,push\",error=\"insufficient_scope\"");
        assertThat(client.get("/v2/_catalog", "Authorization", bearer).statusCode())
                .isEqualTo(401);
        assertThat(client.get("/v2/_catalog", "Authorization", "Bearer " + token("registry:catalog:*"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(registry)
                .received(GET, "/v2/team/app/manifests/1.0")
                .by("bob")
                .times(1);
    }

    @Test
    void onlyWhoGivesTheRightPasswordGetsAToken() throws Exception {
        String target = "/token?service=berth-test-registry";

        assertThat(client.get(target).statusCode()).isEqualTo(401);
        assertThat(client.get(target, "Authorization", basic("bob", "wrong")).statusCode())
                .isEqualTo(401);
        assertThat(client.get(target, "Authorization", basic("carol", "b")).statusCode())
                .isEqualTo(401);
        assertThat(client.get("/token?service=other", "Authorization", basic("bob", "b"))
                        .statusCode())
                .isEqualTo(400);
        // No client of the JDK sends this.
        try (RegistryResponse malformed = registry.handler()
                .handle(RegistryRequest.builder("GET", "/token?scope=%zz")
                        .header("Authorization", basic("bob", "b"))
                        .build())) {
            assertThat(malformed.status()).isEqualTo(400);
        }
        assertThat(client.send("DELETE", "/token").statusCode()).isEqualTo(405);
        assertThat(client.get("/v2/", "Authorization", "Bearer guessed").statusCode())
                .isEqualTo(401);
        assertThat(client.get("/v2/", "Authorization", basic("bob", "b")).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aTokenIsGivenByForm() throws Exception {
        String form = "grant_type=password&username=alice&password="
                + URLEncoder.encode("se+cr et", StandardCharsets.UTF_8)
                + "&scope=repository:team/app:pull+registry:catalog:*";

        HttpResponse<byte[]> answer = post(form);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .contains("\"access_token\":\"" + token(answer) + "\"", "\"expires_in\":300");
        assertThat(client.get("/v2/_catalog", "Authorization", "Bearer " + token(answer))
                        .statusCode())
                .isEqualTo(200);
        assertThat(post(form.replace("alice", "bob")).statusCode()).isEqualTo(401);
        assertThat(post("grant_type=refresh_token&refresh_token=x").statusCode())
                .isEqualTo(401);
    }

    private HttpResponse<byte[]> post(String form) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(registry.uri().resolve("/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        return client.http().send(request, BodyHandlers.ofByteArray());
    }

    @Test
    void nothingSecretIsInTheJournal() throws Exception {
        String token = token("repository:team/app:pull");
        client.get("/v2/team/app/manifests/1.0", "Authorization", "Bearer " + token);

        assertThat(registry.journal().entries(GET, "/token")).hasSize(1);
        for (JournalEntry entry : registry.journal().entries()) {
            assertThat(entry.requestHeaders().toString()).doesNotContain(token, basic("bob", "b"));
            assertThat(entry.toString()).doesNotContain(token);
        }
    }

    @Test
    void aClientLogsInAndPushesMountsAndDeletes() {
        try (RemoteRegistry remote = connect("alice", "se+cr et")) {
            Repository app = remote.repository(RepositoryName.parse("pushed"));
            Digest blob = app.blobs()
                    .push(Digest.sha256(CONTENT), BlobSource.of(CONTENT))
                    .digest();
            TestImages.empty().pushTo(remote, RepositoryName.parse("pushed"), Tag.parse("1.0"));

            assertThat(remote.repository(APP).blobs().mount(blob, MountSource.from(app.name())))
                    .isPresent();
            assertThat(remote.repositories().toList()).contains(APP, app.name());
            assertThat(app.tags().delete(Tag.parse("1.0"))).isTrue();
        }
        assertThat(registry).received(GET, "/token");
        assertThat(registry)
                .received(HttpMethod.PUT, "/v2/pushed/manifests/1.0")
                .by("alice");
    }

    @Test
    void aClientWithAWrongPasswordIsTold() {
        try (RemoteRegistry remote = connect("alice", "wrong")) {
            assertThatThrownBy(() -> remote.repository(APP).manifests().get(Tag.parse("1.0")))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHORIZED));
        }
    }

    @Test
    void aTokenThatExpiresIsRenewed() throws Exception {
        try (RemoteRegistry remote = connect("bob", "b")) {
            remote.repository(APP).manifests().get(Tag.parse("1.0"));
            int before = registry.journal().entries(GET, "/token").size();
            registry.inject(Fault.on(GET, "/v2/team/app/manifests/*").times(1).expiredToken());

            remote.repository(APP).manifests().get(Tag.parse("1.0"));

            assertThat(registry.journal().entries(GET, "/token")).hasSize(before + 1);
            assertThat(registry).received(GET, "/v2/team/app/manifests/1.0").withStatus(401);
        }
    }

    /** Not only the request that was hit: whoever tries again with the same token fails again. */
    @Test
    void aTokenThatHasExpiredStaysExpired() throws Exception {
        String bearer = "Bearer " + token("repository:team/app:pull");
        registry.inject(Fault.onAny().nth(2).expiredToken());

        int[] statuses = new int[4];
        for (int i = 0; i < statuses.length; i++) {
            statuses[i] = client.get("/v2/team/app/tags/list", "Authorization", bearer)
                    .statusCode();
        }

        assertThat(statuses).containsExactly(200, 401, 401, 401);
        assertThat(client.get("/v2/team/app/tags/list", "Authorization", bearer)
                        .headers()
                        .firstValue("WWW-Authenticate")
                        .orElseThrow())
                .endsWith("error=\"invalid_token\"");
    }

    @Test
    void skopeoLogsInAndPushes(@TempDir Path dir) throws Exception {
        Skopeo.requireInstalled();
        String auth = "--authfile=" + dir.resolve("auth.json");

        Skopeo.Run refused =
                Skopeo.run("login", "--tls-verify=false", auth, "-u", "bob", "-p", "no", registry.address());
        Skopeo.Run login = Skopeo.run("login", "--tls-verify=false", auth, "-u", "bob", "-p", "b", registry.address());
        Skopeo.Run copy = Skopeo.run(
                "copy",
                auth,
                "--src-tls-verify=false",
                "--dest-tls-verify=false",
                "docker://" + registry.reference("team/app:1.0"),
                "docker://" + registry.reference("pushed:1.0"));

        assertThat(refused.status()).isNotZero();
        assertThat(login.status()).as(login.output()).isZero();
        assertThat(copy.status()).as(copy.output()).isZero();
        assertThat(registry).hasTag("pushed", "1.0");
        assertThat(registry)
                .received(HttpMethod.PUT, "/v2/pushed/manifests/1.0")
                .by("bob");
    }

    /** It trusts in the time that was promised, and does not ask for another token before. */
    @Test
    void skopeoGivesUpWhenItsTokenExpiresTooEarly(@TempDir Path dir) throws Exception {
        Skopeo.requireInstalled();
        registry.inject(Fault.on(GET, "/v2/team/app/blobs/*").times(1).expiredToken());
        String[] pull = {
            "copy",
            "--src-creds=bob:b",
            "--src-tls-verify=false",
            "docker://" + registry.reference("team/app:1.0"),
            "dir:" + dir.resolve("pulled")
        };

        Skopeo.Run first = Skopeo.run(pull);
        Skopeo.Run second = Skopeo.run(pull);

        assertThat(first.status()).isNotZero();
        assertThat(first.output()).contains("authentication required");
        assertThat(second.status()).as(second.output()).isZero();
    }

    @Test
    void tokensWorkOverTlsAndUnderEveryNameOfTheMachine() throws Exception {
        try (TestRegistry secured =
                TestRegistry.builder().tls().tokenAuth("bob", "b").start()) {
            Client trusting = new Client(secured, HttpClient.newBuilder().sslContext(secured.sslContext()));
            String host = "localhost:" + secured.uri().getPort();

            assertThat(trusting.get("https://" + host + "/v2/")
                            .headers()
                            .firstValue("WWW-Authenticate")
                            .orElseThrow())
                    .startsWith("Bearer realm=\"https://" + host + "/token\"");
            assertThat(trusting.get("/token", "Authorization", basic("bob", "b"))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void withoutTokensNoneCanExpire() {
        try (TestRegistry open = TestRegistry.start()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> open.inject(Fault.onAny().expiredToken()))
                    .withMessageContaining("tokenAuth(user, password)");
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> TestRegistry.builder().tokenAuth("a", "b").basicAuth("a", "b"));
        assertThatIllegalStateException()
                .isThrownBy(() -> TestRegistry.builder().basicAuth("a", "b").tokenAuth("a", "b"));
    }
}

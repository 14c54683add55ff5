package dev.berth.registry.token;

import static dev.berth.registry.token.PrivateRegistry.basic;
import static dev.berth.registry.token.PrivateRegistry.encode;
import static dev.berth.registry.token.PrivateRegistry.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.registry.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What single clients do, or cannot stand, beyond Docker's token specification. */
class ClientHabitsTest {
    private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";
    private static final String UPLOADS = "/v2/alice/app/blobs/uploads/";
    private static final String PULL_PUSH = "repository:alice/app:pull,push";

    /** crane reads so many bytes of an answer. */
    private static final int LONGEST_ANSWER = 64 * 1024;

    @TempDir
    private Path directory;

    private PrivateRegistry there;

    @BeforeEach
    void start() throws IOException {
        there = new PrivateRegistry(directory);
    }

    @AfterEach
    void stop() {
        there.close();
    }

    private static String challenge(HttpResponse<String> response) {
        return String.join("\n", response.headers().allValues("WWW-Authenticate"));
    }

    private HttpResponse<String> postForm(String form) {
        return there.post("/token", form, "Content-Type", FORM);
    }

    /** Docker, podman and crane authenticate only if the ping is refused. */
    @Test
    void thePingIsChallengedWhateverTheFormOfNoCredentials() {
        String expected = challenge(there.get("/v2/"));
        assertThat(expected).startsWith("Bearer ");

        for (HttpResponse<String> ping : List.of(
                there.send(HttpRequest.newBuilder().method("HEAD", BodyPublishers.noBody()), "/v2/"),
                there.get("/v2"),
                there.get("/v2/", "Authorization", basic("", "")))) {
            assertThat(ping.statusCode()).isEqualTo(401);
            assertThat(challenge(ping)).isEqualTo(expected);
        }
    }

    /** podman and skopeo send an empty Basic when nobody is logged in. */
    @Test
    void emptyCredentialsAreNone() {
        String none = basic("", "");

        assertThat(there.get("/v2/public/app/manifests/1", "Authorization", none)
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> refused = there.get("/v2/alice/app/manifests/1", "Authorization", none);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).doesNotContain("wrong");
    }

    /** regclient fails if one of them changes, oras sees the first challenge only. */
    @Test
    void thereIsOneChallengeWithTheSameRealmAndServiceEverywhere() {
        String start = challenge(there.get("/v2/"));

        for (String target : List.of(
                "/v2/alice/app/manifests/1",
                "/v2/alice/app/tags/list",
                "/v2/alice/app/blobs/" + Digest.sha256(new byte[0]))) {
            HttpResponse<String> refused = there.get(target);
            assertThat(refused.headers().allValues("WWW-Authenticate")).hasSize(1);
            assertThat(challenge(refused)).isEqualTo(start + ",scope=\"repository:alice/app:pull\"");
        }
        assertThat(challenge(there.post(UPLOADS, ""))).isEqualTo(start + ",scope=\"" + PULL_PUSH + "\"");
    }

    /** Jib puts the scope into the URL as it is. */
    @Test
    void aQueryNeedsNoEncoding() {
        HttpResponse<String> answer = there.get(
                "/token?service=registry.test&scope=repository:alice/app:pull,push&account=a+b",
                "Authorization",
                basic("alice", "alice's"));

        assertThat(field(answer, "scope")).isEqualTo(PULL_PUSH);
    }

    /** Jib sends it back without encoding. */
    @Test
    void aRefreshTokenIsMadeOfCharactersThatNeedNoEncoding() {
        String refresh = field(
                there.get("/token?offline_token=true", "Authorization", basic("alice", "alice's")), "refresh_token");

        assertThat(refresh).matches("[A-Za-z0-9_.-]+");
    }

    /** containerd and BuildKit read access_token only, and take a token without expires_in for one that never expires. */
    @Test
    void theAnswerToAFormHasWhatIsRead() {
        HttpResponse<String> answer =
                postForm("grant_type=password&username=alice&password=alice%27s&scope=" + encode(PULL_PUSH));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.body())
                .contains("\"access_token\"", "\"expires_in\":300")
                .doesNotContain("issued_at");
    }

    /** containerd does so when its user has no name, with what docker login kept. */
    @Test
    void aRefreshTokenNeedsNoUserName() {
        String refresh = field(
                there.get("/token?offline_token=true", "Authorization", basic("alice", "alice's")), "refresh_token");

        HttpResponse<String> answer = postForm("grant_type=refresh_token&username=&client_id=containerd-client"
                + "&service=registry.test&refresh_token=" + refresh
                + "&scope=" + encode(PULL_PUSH + " repository:public/app:pull"));

        assertThat(field(answer, "scope")).isEqualTo(PULL_PUSH + " repository:public/app:pull");
    }

    /** After 401 and 400 containerd tries GET; 403 ends it, and BuildKit does not try again after 400. */
    @Test
    void wrongCredentialsInAFormAreUnauthorized() {
        for (String form : List.of(
                "grant_type=password&username=alice&password=wrong&scope=" + PULL_PUSH,
                "grant_type=password&username=nobody&password=x&scope=" + PULL_PUSH,
                "grant_type=password&username=&password=x&scope=" + PULL_PUSH,
                "grant_type=password&username=alice&password=&scope=" + PULL_PUSH,
                "grant_type=password&scope=",
                "grant_type=refresh_token&refresh_token=&scope=" + PULL_PUSH,
                "grant_type=refresh_token&refresh_token=x.y.z&scope=" + PULL_PUSH,
                "grant_type=refresh_token&username=alice&password=alice%27s&scope=" + PULL_PUSH)) {
            assertThat(postForm(form).statusCode()).as(form).isEqualTo(401);
        }
    }

    @Test
    void aFormWithoutCredentialsIsAnonymous() {
        HttpResponse<String> answer =
                postForm("grant_type=password&username=&password=&scope=" + encode("repository:public/app:pull"));

        assertThat(field(answer, "scope")).isEqualTo("repository:public/app:pull");
        assertThat(there.status("/v2/public/app/manifests/1", field(answer, "access_token")))
                .isEqualTo(200);
    }

    /** crane reads 64 KiB of it, and what is longer than a server takes would be useless. */
    @Test
    void aTokenForManyScopesCanBeUsedOrIsNotIssued() {
        for (int count : List.of(10, 20, 50, 90)) {
            String scopes = IntStream.range(0, count)
                    .mapToObj(i -> "repository:alice/" + "x".repeat(count) + i + ":pull,push")
                    .collect(Collectors.joining(" "));
            HttpResponse<String> answer = postForm(
                    "grant_type=password&username=alice&password=alice%27s&scope=" + encode(scopes + " " + PULL_PUSH));

            if (count <= 20) {
                assertThat(answer.statusCode()).isEqualTo(200);
            }
            if (answer.statusCode() == 200) {
                assertThat(answer.body().length()).isLessThan(LONGEST_ANSWER);
                assertThat(there.status("/v2/alice/app/manifests/1", field(answer, "access_token")))
                        .as(count + " scopes")
                        .isEqualTo(200);
            } else {
                assertThat(answer.statusCode()).isEqualTo(400);
                assertThat(answer.body()).contains("scopes");
            }
        }
    }

    /** registry:2 reads one text as the audience. */
    @Test
    void aTokenIsWrittenAsOthersReadIt() {
        String[] parts = there.token("alice", "alice's", PULL_PUSH).split("\\.");

        assertThat(decoded(parts[0]))
                .contains(
                        "\"alg\":\"ES256\"",
                        "\"kid\":\"" + there.keys.get().get(0).id() + "\"")
                .doesNotContain("jwk", "jku");
        assertThat(there.keys.get().get(0).id()).matches("([A-Z2-7]{4}:){11}[A-Z2-7]{4}");
        assertThat(decoded(parts[1]))
                .contains("\"aud\":\"registry.test\"", "\"iss\":\"registry.test\"", "\"sub\":\"alice\"")
                .contains("\"exp\":", "\"nbf\":", "\"iat\":", "\"jti\":")
                .contains("\"access\":[{")
                .contains("\"type\":\"repository\"", "\"name\":\"alice/app\"", "\"actions\":[\"pull\",\"push\"]");
    }

    private static String decoded(String base64) {
        return new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    /** containers/image cannot read a challenge with two scopes, so there is none where it would not help. */
    @Test
    void aMountFromWhereTheCallerMayNotPullIsAnUpload() {
        String token = there.token("alice", "alice's", PULL_PUSH);
        String target = UPLOADS + "?from=secret/app&mount=" + Digest.sha256("{}".getBytes(StandardCharsets.UTF_8));

        HttpResponse<String> answer = there.post(target, "", "Authorization", "Bearer " + token);

        assertThat(answer.statusCode()).isEqualTo(202);
    }

    /** Docker, containerd, skopeo and crane ask for both from the start. */
    @Test
    void aMountNeedsATokenForBothRepositories() {
        String target = UPLOADS + "?from=public/app&mount=" + Digest.sha256("{}".getBytes(StandardCharsets.UTF_8));
        String both = there.token("alice", "alice's", PULL_PUSH + " repository:public/app:pull");

        assertThat(there.post(target, "", "Authorization", "Bearer " + both).statusCode())
                .isEqualTo(201);
        HttpResponse<String> refused =
                there.post(target, "", "Authorization", "Bearer " + there.token("alice", "alice's", PULL_PUSH));
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(challenge(refused))
                .contains("scope=\"" + PULL_PUSH + " repository:public/app:pull\"", "error=\"insufficient_scope\"");
    }

    @Test
    void aPushOutlivesItsTokenByAskingForAnother() {
        String location = there.post(
                        UPLOADS, "", "Authorization", "Bearer " + there.token("alice", "alice's", PULL_PUSH))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        String target = URI.create(location).getRawPath();
        String expired = there.token("alice", "alice's", PULL_PUSH);
        there.now.set(there.now.get().plus(Duration.ofMinutes(10)));

        HttpResponse<String> refused = patch(target, expired);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(challenge(refused)).contains("scope=\"" + PULL_PUSH + "\"", "error=\"invalid_token\"");

        assertThat(patch(target, there.token("alice", "alice's", PULL_PUSH)).statusCode())
                .isEqualTo(202);
    }

    private HttpResponse<String> patch(String target, String token) {
        return there.send(
                HttpRequest.newBuilder().method("PATCH", BodyPublishers.ofString("content")),
                target,
                "Authorization",
                "Bearer " + token);
    }

    /** A scope for deletion is what clients have least. */
    @Test
    void cancellingAnUploadNeedsNoRightToDelete() {
        String bearer = "Bearer " + there.token("alice", "alice's", PULL_PUSH);
        String location = there.post(UPLOADS, "", "Authorization", bearer)
                .headers()
                .firstValue("Location")
                .orElseThrow();

        HttpResponse<String> cancelled = there.send(
                HttpRequest.newBuilder().DELETE(), URI.create(location).getRawPath(), "Authorization", bearer);

        assertThat(cancelled.statusCode()).isEqualTo(204);
    }

    @Test
    void theRealmIsTheOneThatIsConfigured() throws IOException {
        try (PrivateRegistry behind = new PrivateRegistry(
                directory,
                options -> options.realm(URI.create("https://auth.example.com/token")),
                UnaryOperator.identity())) {
            assertThat(challenge(behind.get("/v2/")))
                    .isEqualTo("Bearer realm=\"https://auth.example.com/token\",service=\"registry.test\"");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenOptions.builder("registry.test", there.keys.get())
                        .realm(URI.create("https://auth.example.com/token?x=y")));
    }

    /** Whoever could choose the realm would be sent passwords. */
    @Test
    void onlyATrustedProxySaysWhereTheTokensAre() throws IOException {
        String[] forwarded = {"X-Forwarded-Proto", "https", "X-Forwarded-Host", "registry.example.com"};
        assertThat(challenge(there.get("/v2/", forwarded))).contains("realm=\"http://" + there.host() + "/token\"");

        try (PrivateRegistry behind = new PrivateRegistry(
                directory, UnaryOperator.identity(), server -> server.trustedProxies("127.0.0.1"))) {
            assertThat(challenge(behind.get("/v2/", forwarded)))
                    .contains("realm=\"https://registry.example.com/token\"");
        }
    }

    @Test
    void aTokenIsNeverGoodForLessThanAMinute() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        TokenOptions.builder("registry.test", there.keys.get()).lifetime(Duration.ofSeconds(59)));
    }
}

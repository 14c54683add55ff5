package dev.berth.registry.token;

import static dev.berth.registry.token.PrivateRegistry.basic;
import static dev.berth.registry.token.PrivateRegistry.encode;
import static dev.berth.registry.token.PrivateRegistry.field;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Docker's token protocol, as clients speak it. */
class TokenProtocolTest {
    private static final String PULL_PUSH = "repository:alice/app:pull,push";
    private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";
    private static final String MANIFEST = "/v2/alice/app/manifests/1";

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

    private HttpResponse<String> ask(String query, String... headers) {
        return there.get("/token?" + query, headers);
    }

    @Test
    void thePingIsChallengedWithoutAScope() {
        HttpResponse<String> ping = there.get("/v2/");

        assertThat(ping.statusCode()).isEqualTo(401);
        assertThat(ping.headers().allValues("WWW-Authenticate"))
                .containsExactly("Bearer realm=\"http://" + there.host() + "/token\",service=\"registry.test\"");
    }

    @Test
    void aPrivateRepositoryIsChallengedWithItsScope() {
        HttpResponse<String> refused = there.get(MANIFEST);

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().allValues("WWW-Authenticate"))
                .containsExactly("Bearer realm=\"http://" + there.host()
                        + "/token\",service=\"registry.test\",scope=\"repository:alice/app:pull\"");
    }

    @Test
    void aTokenByGetGivesAccess() {
        HttpResponse<String> answer = ask(
                "account=alice&client_id=docker&service=registry.test&scope=" + encode(PULL_PUSH),
                "Authorization",
                basic("alice", "alice's"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.body())
                .contains("\"expires_in\":300")
                .doesNotContain("issued_at")
                .doesNotContain("refresh_token");
        assertThat(field(answer, "scope")).isEqualTo(PULL_PUSH);
        assertThat(field(answer, "access_token")).isEqualTo(field(answer, "token"));
        assertThat(there.status(MANIFEST, field(answer, "token"))).isEqualTo(200);
        assertThat(there.status("/v2/", field(answer, "token"))).isEqualTo(200);
    }

    @Test
    void aTokenByPostGivesAccess() {
        HttpResponse<String> answer = there.post(
                "/token",
                "grant_type=password&service=registry.test&client_id=containerd-client&username=alice&password="
                        + encode("alice's") + "&scope=" + encode(PULL_PUSH + " repository:public/app:pull"),
                "Content-Type",
                FORM);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(field(answer, "scope")).isEqualTo(PULL_PUSH + " repository:public/app:pull");
        assertThat(there.status(MANIFEST, field(answer, "access_token"))).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scope=repository:alice/app:pull&scope=repository:public/app:pull | repository:alice/app:pull repository:public/app:pull",
                "scope=repository:alice/app:pull+repository:public/app:pull | repository:alice/app:pull repository:public/app:pull",
                "scope=repository:alice/app:pull%20repository:public/app:pull | repository:alice/app:pull repository:public/app:pull",
                "scope=repository(plugin):alice/app:pull | repository:alice/app:pull",
                "scope=repository:alice/app:* | repository:alice/app:pull,push",
                "scope=repository:alice/app:pull,push,delete | repository:alice/app:pull,push",
                "scope=repository:secret/app:pull,push | ''",
                "scope=repository:public/app:pull,push | repository:public/app:pull",
                "scope=galaxy:far:away | ''",
                "scope=repository:UPPER:pull | ''",
                "scope=repository:host:5000/app:pull | ''",
                "scope=registry:catalog:* | registry:catalog:*",
                "scope=nonsense | ''",
            })
    void fewerRightsThanAskedGiveTheIntersection(String query, String granted) {
        HttpResponse<String> answer = ask(query, "Authorization", basic("alice", "alice's"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(field(answer, "scope")).isEqualTo(granted);
    }

    @Test
    void whoIsAnonymousGetsATokenForWhatIsPublic() {
        for (String[] headers : List.of(new String[0], new String[] {"Authorization", basic("", "")})) {
            HttpResponse<String> answer =
                    ask("scope=" + encode("repository:public/app:pull,push") + "&scope=" + encode(PULL_PUSH), headers);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(field(answer, "scope")).isEqualTo("repository:public/app:pull");
            assertThat(there.status("/v2/public/app/manifests/1", field(answer, "token")))
                    .isEqualTo(200);
            assertThat(there.status("/v2/", field(answer, "token"))).isEqualTo(200);
            assertThat(there.status(MANIFEST, field(answer, "token"))).isEqualTo(401);
        }
    }

    @Test
    void wrongCredentialsAreNeverAnonymous() {
        for (String credentials :
                List.of(basic("alice", "bob's"), basic("nobody", ""), basic("", "x"), "Bearer x", "x")) {
            HttpResponse<String> refused =
                    ask("scope=" + encode("repository:public/app:pull"), "Authorization", credentials);

            assertThat(refused.statusCode()).as(credentials).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
                    .startsWith("Basic realm=");
        }
        assertThat(there.post("/token", "grant_type=password&username=alice&password=x", "Content-Type", FORM)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void nobodyWhoAsksForNothingIsRefusedInWordsThatBlameNoPassword() {
        HttpResponse<String> refused = ask("service=registry.test");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("Authentication is required").doesNotContain("wrong");
    }

    @Test
    void aLoginGetsARefreshTokenThatCanBeUsedAgainAndAgain() {
        HttpResponse<String> login = ask(
                "account=alice&client_id=docker&offline_token=true&service=registry.test",
                "Authorization",
                basic("alice", "alice's"));
        String refreshToken = field(login, "refresh_token");
        assertThat(login.statusCode()).isEqualTo(200);
        assertThat(there.status("/v2/", field(login, "token"))).isEqualTo(200);

        for (int i = 0; i < 3; i++) {
            // podman repeats the parameter.
            HttpResponse<String> answer = there.post(
                    "/token",
                    "grant_type=refresh_token&refresh_token=" + encode(refreshToken) + "&service=registry.test&scope="
                            + encode(PULL_PUSH) + "&scope=" + encode("repository:public/app:pull"),
                    "Content-Type",
                    FORM);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(there.status(MANIFEST, field(answer, "access_token"))).isEqualTo(200);
        }
    }

    @Test
    void aRefreshTokenDiesWithThePasswordAndWithTheAccount() throws IOException {
        String refresh = "grant_type=refresh_token&refresh_token="
                + encode(field(
                        there.post(
                                "/token",
                                "grant_type=password&access_type=offline&username=alice&password=" + encode("alice's"),
                                "Content-Type",
                                FORM),
                        "refresh_token"));
        assertThat(there.post("/token", refresh, "Content-Type", FORM).statusCode())
                .isEqualTo(200);

        there.users("alice", "another", "bob", "bob's");
        assertThat(there.post("/token", refresh, "Content-Type", FORM).statusCode())
                .isEqualTo(401);

        there.users("bob", "bob's");
        assertThat(there.post("/token", refresh, "Content-Type", FORM).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aRefreshTokenIsNoTokenAndATokenIsNoRefreshToken() {
        HttpResponse<String> login = ask("offline_token=true", "Authorization", basic("alice", "alice's"));

        assertThat(there.status("/v2/", field(login, "refresh_token"))).isEqualTo(401);
        assertThat(there.post(
                                "/token",
                                "grant_type=refresh_token&refresh_token=" + encode(field(login, "token")),
                                "Content-Type",
                                FORM)
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grant_type=client_credentials",
                "",
                "grant_type=password%zz",
                "grant_type=password&service=other"
            })
    void aMalformedFormIsTheClientsMistake(String form) {
        assertThat(there.post("/token", form, "Content-Type", FORM).statusCode())
                .isEqualTo(400);
    }

    @Test
    void whatIsNoFormIsTheClientsMistake() {
        assertThat(there.post("/token", "{}", "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(400);
        assertThat(there.post("/token", "x=".repeat(50_000), "Content-Type", FORM)
                        .statusCode())
                .isEqualTo(400);
        assertThat(ask("service=other&scope=" + encode(PULL_PUSH)).statusCode()).isEqualTo(400);
        assertThat(there.send(HttpRequest.newBuilder().DELETE(), "/token").statusCode())
                .isEqualTo(405);
    }

    @Test
    void aTokenThatExpiredIsChallenged() {
        String token = there.token("alice", "alice's", PULL_PUSH);

        // Clocks may differ by a minute.
        there.now.set(there.now.get().plus(Duration.ofSeconds(300 + 40)));
        assertThat(there.status(MANIFEST, token)).isEqualTo(200);

        there.now.set(there.now.get().plus(Duration.ofMinutes(10)));
        HttpResponse<String> refused = there.get(MANIFEST, "Authorization", "Bearer " + token);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
                .contains("scope=\"repository:alice/app:pull\"", "error=\"invalid_token\"");
    }

    @Test
    void aTokenForSomethingElseIsChallenged() {
        String token = there.token("alice", "alice's", "repository:alice/other:pull");

        HttpResponse<String> refused = there.get(MANIFEST, "Authorization", "Bearer " + token);

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
                .contains("scope=\"repository:alice/app:pull\"", "error=\"insufficient_scope\"");
    }

    @Test
    void whoHasNoRightIsDeniedAndNotSentForAnotherToken() {
        String token = there.token("bob", "bob's", PULL_PUSH);

        for (String target : List.of(MANIFEST, "/v2/secret/app/manifests/1", "/v2/does/not-exist/manifests/1")) {
            HttpResponse<String> refused = there.get(target, "Authorization", "Bearer " + token);
            assertThat(refused.statusCode()).as(target).isEqualTo(403);
            assertThat(refused.body()).contains("DENIED");
        }
    }

    @Test
    void aTokenEndsWithItsAccountAndItsRight() throws IOException {
        String token = there.token("alice", "alice's", PULL_PUSH);
        assertThat(there.status(MANIFEST, token)).isEqualTo(200);

        var policy = there.policy.get();
        there.policy.set(dev.berth.registry.access.Grants.of());
        assertThat(there.status(MANIFEST, token)).isEqualTo(403);

        there.policy.set(policy);
        there.users("bob", "bob's");
        assertThat(there.status(MANIFEST, token)).isEqualTo(401);
    }

    @Test
    void theCatalogueIsFilteredByWhatTheCallerMaySee() {
        assertThat(there.get("/v2/_catalog").body()).contains("public/app").doesNotContain("alice", "secret");
        String token = there.token("alice", "alice's", "registry:catalog:*");
        assertThat(there.get("/v2/_catalog", "Authorization", "Bearer " + token).body())
                .contains("public/app", "alice/app")
                .doesNotContain("secret");
    }

    @Test
    void anOlderKeyIsTrustedUntilItIsRemoved() {
        SigningKey old = there.keys.get().get(0);
        String token = there.token("alice", "alice's", PULL_PUSH);
        SigningKey next = SigningKey.generate();

        there.keys.set(List.of(next, old));
        assertThat(there.status(MANIFEST, token)).isEqualTo(200);
        String newer = there.token("alice", "alice's", PULL_PUSH);
        assertThat(there.get("/token/jwks").body())
                .contains(old.id(), next.id())
                .doesNotContain("\"d\"");

        there.keys.set(List.of(next));
        assertThat(there.status(MANIFEST, token)).isEqualTo(401);
        assertThat(there.status(MANIFEST, newer)).isEqualTo(200);
    }

    @Test
    void aPasswordIsTakenInsteadOfAToken() {
        assertThat(there.get(MANIFEST, "Authorization", basic("alice", "alice's"))
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> refused = there.get(MANIFEST, "Authorization", basic("alice", "wrong"));
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer ");
    }
}

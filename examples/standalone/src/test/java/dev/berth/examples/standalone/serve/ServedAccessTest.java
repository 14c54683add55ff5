package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A section {@code access} makes some repositories public and others those of teams, with tokens. */
class ServedAccessTest {
    private static final String PROXY = "127.0.0.1";

    @TempDir
    static Path directory;

    private static AccessServer server;

    @BeforeAll
    static void start() throws IOException {
        Path users = directory.resolve("htpasswd");
        Files.writeString(users, HtpasswdAloneTest.line("alice", "alice's") + HtpasswdAloneTest.line("bob", "bob's"));
        server = AccessServer.of(directory.resolve("config.yml"), """
                auth: {htpasswd: {path: %s}}
                storage: {delete: {enabled: true}}
                access:
                  accounts: false
                  public: ["library/**"]
                  organisations: {acme: {bob: maintainer}}
                  teams: {dev: [alice]}
                  grants: [{to: "team:dev", repositories: ["dev/**"], role: writer}]
                  trustedproxies: [%s]
                """.formatted(users, PROXY));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void publicRepositoriesNeedNoAccount() {
        assertThat(server.pull("", "", "library/app")).isEqualTo(200);
        assertThat(server.push("", "", "library/app")).isEqualTo(401);
        assertThat(server.pull("", "", "dev/app")).isEqualTo(401);
    }

    @Test
    void thePingSendsClientsForAToken() {
        HttpResponse<String> ping = server.send("GET", "/v2/");

        assertThat(ping.statusCode()).isEqualTo(401);
        assertThat(ping.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Bearer realm=\"http://127.0.0.1:")
                .contains("/token\",service=\"berth\"");
        assertThat(server.send("GET", "/token/jwks").body()).contains("\"kty\":\"EC\"");
    }

    @Test
    void aTeamHasItsRepositoriesAndAnOrganisationItsOwn() {
        assertThat(server.push("alice", "alice's", "dev/app")).isEqualTo(202);
        assertThat(server.push("alice", "alice's", "acme/app")).isEqualTo(403);
        assertThat(server.pull("alice", "alice's", "acme/app")).isEqualTo(403);
        assertThat(server.push("bob", "bob's", "acme/app")).isEqualTo(202);
        assertThat(server.push("bob", "bob's", "dev/app")).isEqualTo(403);
        assertThat(server.push("bob", "bob's", "library/app")).isEqualTo(403);
        assertThat(server.pull("bob", "bob's", "library/app")).isEqualTo(200);
    }

    @Test
    void aWrongPasswordGetsNoToken() {
        assertThat(server.status(
                        "GET",
                        "/token?scope=repository:library/app:pull",
                        "Authorization",
                        AccessServer.basic("alice", "wrong")))
                .isEqualTo(401);
    }

    @Test
    void aTrustedProxySaysWhereClientsCameFrom() {
        String challenge = server.send(
                        "GET",
                        "/v2/",
                        "X-Forwarded-Proto",
                        "https",
                        "X-Forwarded-Host",
                        "registry.example.com",
                        "X-Forwarded-For",
                        "192.0.2.7")
                .headers()
                .firstValue("WWW-Authenticate")
                .orElseThrow();

        assertThat(challenge).startsWith("Bearer realm=\"https://registry.example.com/token\"");
    }

    @Test
    void wrongPasswordsCountForTheClientBehindTheProxy() {
        for (int i = 0; i < 10; i++) {
            assertThat(guess("192.0.2.7", i)).isEqualTo(401);
        }

        assertThat(guess("192.0.2.7", 10)).isEqualTo(429);
        assertThat(guess("198.51.100.1, 192.0.2.7", 11))
                .as("whatever the client claims")
                .isEqualTo(429);
        assertThat(guess("192.0.2.8", 12)).isEqualTo(401);
    }

    private static int guess(String client, int number) {
        return server.status(
                "GET",
                "/token",
                "Authorization",
                AccessServer.basic("bob", "guess " + number),
                "X-Forwarded-For",
                client);
    }

    @Test
    void hostileNamesFromAProxyDoNotReachTheRealm() {
        for (String host : new String[] {"evil\",x=\"y", "evil.example.com/x?y", "a b"}) {
            assertThat(server.send("GET", "/v2/", "X-Forwarded-Host", host, "X-Forwarded-Proto", "gopher")
                            .headers()
                            .firstValue("WWW-Authenticate")
                            .orElseThrow())
                    .startsWith("Bearer realm=\"http://127.0.0.1:")
                    .doesNotContain("evil");
        }
    }

    @Test
    void forwardedFieldsOfOthersAreIgnored() throws IOException {
        try (AccessServer other = AccessServer.of(
                directory.resolve("other.yml"),
                "access: {accounts: false, public: ['**'], trustedproxies: [192.0.2.1]}")) {
            String challenge = other.send(
                            "GET",
                            "/v2/",
                            "X-Forwarded-Proto",
                            "https",
                            "X-Forwarded-Host",
                            "evil.example.com",
                            "Forwarded",
                            "host=evil.example.com;proto=https")
                    .headers()
                    .firstValue("WWW-Authenticate")
                    .orElseThrow();

            assertThat(challenge).startsWith("Bearer realm=\"http://127.0.0.1:").doesNotContain("evil");
        }
    }

    @Test
    void theConfiguredRealmGoesBeforeTheHost() throws IOException {
        try (AccessServer other = AccessServer.of(
                directory.resolve("realm.yml"),
                "access: {tokens: {realm: 'https://registry.example.com/token', service: ours, issuer: us}}")) {
            assertThat(other.send("GET", "/v2/").headers().firstValue("WWW-Authenticate"))
                    .contains("Bearer realm=\"https://registry.example.com/token\",service=\"ours\"");
        }
    }
}

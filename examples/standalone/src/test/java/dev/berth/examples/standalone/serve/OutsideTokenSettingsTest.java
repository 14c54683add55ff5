package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code auth.token}, tokens of another service count: here of another registry that issues some. */
class OutsideTokenSettingsTest {
    private static final String BLOB = "/blobs/" + AccessServer.BLOB;

    @TempDir
    static Path directory;

    private static AccessServer issuer;
    private static Path keys;

    @BeforeAll
    static void start() throws IOException {
        issuer = AccessServer.of(
                directory.resolve("issuer.yml"),
                "access: {admin: {password: of the admin}, public: ['library/**'], tokens: {service: ours, issuer: us}}");
        keys = Files.writeString(
                directory.resolve("jwks.json"),
                issuer.send("GET", "/token/jwks").body());
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    private static AccessServer server(String more) throws IOException {
        return AccessServer.of(
                directory.resolve("config.yml"),
                "auth: {token: {realm: 'https://auth.example.com/token', service: ours, issuer: us, jwks: " + keys
                        + "}}\n" + more);
    }

    private static String token(String scope) {
        return issuer.bearer("admin", "of the admin", scope);
    }

    @Test
    void theTokenAloneDecides() throws IOException {
        try (AccessServer server = server("")) {
            assertThat(server.send("GET", "/v2/").headers().firstValue("WWW-Authenticate"))
                    .contains("Bearer realm=\"https://auth.example.com/token\",service=\"ours\"");
            assertThat(server.status("GET", "/v2/dev/app" + BLOB)).isEqualTo(401);
            assertThat(server.status("POST", "/v2/dev/app/blobs/uploads/")).isEqualTo(401);
            assertThat(server.status("GET", "/token")).isEqualTo(404);

            String pull = token("repository:dev/app:pull");
            assertThat(server.status("GET", "/v2/dev/app" + BLOB, "Authorization", pull))
                    .isEqualTo(200);
            assertThat(server.status("GET", "/v2/acme/app" + BLOB, "Authorization", pull))
                    .isEqualTo(401);
            assertThat(server.status("POST", "/v2/dev/app/blobs/uploads/", "Authorization", pull))
                    .isEqualTo(401);
            assertThat(server.status(
                            "POST",
                            "/v2/dev/app/blobs/uploads/",
                            "Authorization",
                            token("repository:dev/app:pull,push")))
                    .isEqualTo(202);
            assertThat(server.status(
                            "GET",
                            "/v2/library/app" + BLOB,
                            "Authorization",
                            issuer.bearer("", "", "repository:library/app:pull")))
                    .as("a token for nobody")
                    .isEqualTo(200);
        }
    }

    @Test
    void aSectionAccessNarrowsIt() throws IOException {
        try (AccessServer server = server(
                "access: {public: ['library/**'], grants: [{to: admin, repositories: 'dev/**', role: reader}]}")) {
            assertThat(server.status("GET", "/v2/library/app" + BLOB)).isEqualTo(200);
            assertThat(server.status("GET", "/v2/dev/app" + BLOB, "Authorization", token("repository:dev/app:pull")))
                    .isEqualTo(200);
            assertThat(server.status(
                            "POST",
                            "/v2/dev/app/blobs/uploads/",
                            "Authorization",
                            token("repository:dev/app:pull,push")))
                    .isEqualTo(403);
            assertThat(server.status("GET", "/v2/acme/app" + BLOB, "Authorization", token("repository:acme/app:pull")))
                    .isEqualTo(403);
            assertThat(server.administrator).isEmpty();
        }
    }

    @Test
    void aFileWithoutKeysEndsTheProgram() throws IOException {
        Path config = directory.resolve("wrong.yml");
        String yaml = "auth: {token: {realm: 'https://a/token', service: s, issuer: i, %s: %s}}";

        for (String setting : new String[] {"jwks", "rootcertbundle"}) {
            Path missing = directory.resolve("missing");
            assertThatThrownBy(() -> AccessServer.of(config, yaml.formatted(setting, missing)))
                    .hasMessageContainingAll("auth.token", missing.toString());
            Path wrong = Files.writeString(directory.resolve("wrong"), "{}");
            assertThatThrownBy(() -> AccessServer.of(config, yaml.formatted(setting, wrong)))
                    .hasMessageContainingAll("auth.token", wrong.toString());
        }
    }
}

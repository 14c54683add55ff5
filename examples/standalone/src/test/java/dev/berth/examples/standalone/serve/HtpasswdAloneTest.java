package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.berth.examples.standalone.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code auth.htpasswd} and no section {@code access}, whoever is in the file may do everything, as with registry:2. */
class HtpasswdAloneTest {
    @TempDir
    Path directory;

    private AccessServer server(String more) throws IOException {
        Path users = directory.resolve("htpasswd");
        Files.writeString(users, line("alice", "alice's"));
        return AccessServer.of(
                directory.resolve("config.yml"), more + "auth: {htpasswd: {realm: Our registry, path: " + users + "}}");
    }

    static String line(String name, String password) {
        return name + ":" + BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(4, password.toCharArray()) + "\n";
    }

    @Test
    void nobodyElseMayDoAnything() throws IOException {
        try (AccessServer server = server("")) {
            assertThat(server.send("GET", "/v2/"))
                    .satisfies(response -> assertThat(response.statusCode()).isEqualTo(401))
                    .satisfies(response -> assertThat(response.headers().firstValue("WWW-Authenticate"))
                            .contains("Basic realm=\"Our registry\", charset=\"UTF-8\""));
            assertThat(server.status("GET", "/v2/library/app/tags/list")).isEqualTo(401);
            assertThat(server.status("GET", "/v2/", "Authorization", AccessServer.basic("alice", "wrong")))
                    .isEqualTo(401);
            assertThat(server.status("GET", "/token")).isEqualTo(404);
            assertThat(server.status("GET", "/berth/access/people")).isEqualTo(404);

            String alice = AccessServer.basic("alice", "alice's");
            assertThat(server.status("GET", "/v2/", "Authorization", alice)).isEqualTo(200);
            assertThat(server.status("GET", "/v2/_catalog", "Authorization", alice))
                    .isEqualTo(200);
            assertThat(server.status("POST", "/v2/any/app/blobs/uploads/", "Authorization", alice))
                    .isEqualTo(202);
            assertThat(server.administrator).isEmpty();
        }
    }

    @Test
    void deletionAndWritingAreOffAsTheStorageSays() throws IOException {
        String alice = AccessServer.basic("alice", "alice's");
        String blob = "/v2/library/app/blobs/" + AccessServer.BLOB;
        try (AccessServer server = server("")) {
            assertThat(server.status("DELETE", blob, "Authorization", alice)).isEqualTo(405);
        }
        try (AccessServer server = server("storage: {delete: {enabled: true}}\n")) {
            assertThat(server.status("DELETE", blob, "Authorization", alice)).isEqualTo(202);
        }
        try (AccessServer server = server("storage: {maintenance: {readonly: {enabled: true}}}\n")) {
            assertThat(server.status("GET", blob, "Authorization", alice)).isEqualTo(200);
            assertThat(server.status("POST", "/v2/any/app/blobs/uploads/", "Authorization", alice))
                    .isEqualTo(405);
        }
    }

    @Test
    void aFileThatIsMissingOrWrongEndsTheProgram() throws IOException {
        Path users = directory.resolve("users");
        String yaml = "auth: {htpasswd: {path: " + users + "}}";
        Path config = directory.resolve("config.yml");

        assertThatThrownBy(() -> AccessServer.of(config, yaml))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("auth.htpasswd.path", users.toString());
        Files.writeString(users, line("alice", "x") + "bob:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=\n");
        assertThatThrownBy(() -> AccessServer.of(config, yaml))
                .isInstanceOf(CommandException.class)
                .hasMessageContainingAll("auth.htpasswd.path", "line 2", "htpasswd -B")
                .hasMessageNotContaining("W6ph5");
    }
}

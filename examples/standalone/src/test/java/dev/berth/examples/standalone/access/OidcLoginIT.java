package dev.berth.examples.standalone.access;

import static dev.berth.examples.standalone.access.ServedTokens.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.OidcProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A server whose people log in with ID tokens of an issuer. */
@EnabledIfSystemProperty(
        named = "berth.it.long",
        matches = "true",
        disabledReason = "installs packages of npm; set -Dberth.it.long=true to run it")
@Tag("any-jdk")
class OidcLoginIT {
    private static final String CONFIGURATION = """
            auth:
              oidc:
                issuer: %s
                audience: %s
            access:
              grants:
                - {to: "oidc:dev", repositories: ["dev/**"], role: writer}
            """;

    @TempDir
    Path directory;

    @Test
    void anIdTokenIsAPasswordWithWhichTheGroupsOfItsOwnerCount() throws IOException, InterruptedException {
        ImagePusher pusher = ImagePusher.create(directory);
        try (OidcProvider provider = OidcProvider.start(Files.createDirectory(directory.resolve("provider")))) {
            Path configuration = Files.writeString(
                    directory.resolve("berth.yml"), CONFIGURATION.formatted(provider.issuer(), OidcProvider.AUDIENCE));
            try (BerthProcess berth = BerthCommand.of(
                            "serve",
                            "--listen",
                            "127.0.0.1:0",
                            "--storage",
                            "memory:",
                            "--config",
                            configuration.toString())
                    .start()) {
                String idToken = provider.idToken("alice");
                pusher.loginIsRefused(berth, "alice", idToken.substring(0, idToken.length() - 8));
                pusher.login(berth, "alice", idToken);
                pusher.push(berth, "dev/app:1");
                pusher.isRefused(berth, "other/app:1");

                ServedTokens tokens = new ServedTokens(berth);
                assertThat(tokens.push("dev/app", bearer(idToken)))
                        .as("the ID token itself")
                        .isEqualTo(202);
                String token = tokens.token("alice", idToken, "repository:dev/app:pull,push");
                assertThat(tokens.push("dev/app", bearer(token))).isEqualTo(202);
                assertThat(berth.log()).contains("caller=alice").doesNotContain(idToken);
            }
        }
    }
}

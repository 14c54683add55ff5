package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.client.credentials.CredentialStore;
import dev.berth.registry.client.credentials.Credentials;
import dev.berth.registry.client.fixtures.Content;
import dev.berth.registry.client.fixtures.ScriptedServer;
import dev.berth.registry.client.fixtures.ScriptedServer.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process that logs all it can, with everything that it was told to keep to itself. */
@Timeout(120)
final class SecretsInLogsTest {
    private static final String PASSWORD = "hunter2-the-password";
    private static final String TOKEN = "tok3n-of-the-service";
    private static final String LOGIN =
            Base64.getEncoder().encodeToString(("bob:" + PASSWORD).getBytes(StandardCharsets.UTF_8));

    /** Pushes with a password, then with a token, and is refused with both. */
    static final class LoudProcess {
        private LoudProcess() {}

        public static void main(String[] arguments) throws IOException {
            for (String scheme : new String[] {"Basic", "Bearer"}) {
                try (ScriptedServer server = server(scheme);
                        RemoteRegistry registry = RemoteRegistry.at(
                                server.address(),
                                RemoteOptions.builder()
                                        .credentials(
                                                CredentialStore.of(server.address(), Credentials.of("bob", PASSWORD)))
                                        .build())) {
                    Repository repository = registry.repository(RepositoryName.parse("team/app"));
                    attempt(() -> repository.tags().list().toList());
                    attempt(() -> Content.blob(repository, new byte[] {1}));
                    System.err.println(server.requests().size() + " requests, done with " + registry);
                }
            }
        }

        private static ScriptedServer server(String scheme) throws IOException {
            ScriptedServer[] self = new ScriptedServer[1];
            self[0] = new ScriptedServer(request -> {
                if (request.target().startsWith("/token")) {
                    return new Answer(200, "{\"token\":\"" + TOKEN + "\",\"refresh_token\":\"" + TOKEN + "\"}");
                }
                if (request.authorization().isEmpty() || request.method().equals("POST")) {
                    String realm = scheme.equals("Basic") ? "x" : "http://" + self[0].address() + "/token";
                    // Some servers repeat what they were told.
                    String repeated = request.authorization() + (scheme.equals("Basic") ? " of bob:" + PASSWORD : "");
                    String body = "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"bad: "
                            + (request.authorization().isEmpty() ? "" : repeated) + "\"}]}";
                    return new Answer(401, body, "WWW-Authenticate", scheme + " realm=\"" + realm + "\"");
                }
                return new Answer(200, "{\"tags\":[]}");
            });
            return self[0];
        }

        private static void attempt(Runnable call) {
            try {
                call.run();
            } catch (RegistryException e) {
                e.printStackTrace();
            }
        }
    }

    @Test
    void neverLogsOrPrintsACredential() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                        "-Djdk.httpclient.HttpClient.log=all",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoudProcess.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output)
                .contains("requests, done with http://127.0.0.1")
                .contains("UNAUTHORIZED")
                .contains("bad: Basic ***", "bad: Bearer ***")
                // It is loud indeed.
                .contains("DEBUG org.apache.hc.client5")
                .doesNotContain(PASSWORD)
                .doesNotContain(LOGIN)
                .doesNotContain(TOKEN);
        assertThat(process.exitValue()).isZero();
    }
}

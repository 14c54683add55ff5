package dev.berth.registry.client.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that cannot be used is an error that names the place, and never shows what may be a secret. */
final class BrokenCredentialFilesTest {
    private static final String HOST = "registry.example";
    private static final String SECRET = "hunter2";

    private CredentialSandbox sandbox;

    @BeforeEach
    void makeSandbox(@TempDir Path directory) throws IOException {
        sandbox = new CredentialSandbox(directory);
    }

    private RegistryException failure(CredentialStore store) {
        RegistryException failure = assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> store.find(HOST, Optional.empty()))
                .actual();
        assertThat(failure.code()).isEqualTo(ErrorCode.UNAUTHORIZED);
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(SECRET);
        return failure;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {SECRET, "{\"auths\":{\"x\":" + SECRET, "[\"" + SECRET + "\"]", "{} {}", "\"" + SECRET + "\""})
    void namesAFileThatIsNotJson(String text) throws IOException {
        sandbox.dockerConfig(text);

        assertThat(failure(sandbox.docker())).hasMessageContaining("config.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"" + SECRET + "\"",
                "{\"auth\":\"" + SECRET + "\"}",
                "{\"auth\":\"%%%%\"}",
                // no colon
                "{\"auth\":\"aHVudGVyMg==\"}",
                // no user
                "{\"auth\":\"Omh1bnRlcjI=\"}",
                "{\"auth\":7}",
                "{\"identitytoken\":{\"x\":\"" + SECRET + "\"}}"
            })
    void namesTheEntryThatCannotBeUsed(String entry) throws IOException {
        sandbox.dockerConfig("{\"auths\":{\"" + HOST + "\":" + entry + "}}");

        assertThat(failure(sandbox.docker())).hasMessageContaining(HOST).hasMessageContaining("config.json");
    }

    @Test
    void doesNotMindABrokenEntryOfAnotherRegistry() throws IOException {
        sandbox.dockerConfig("{\"auths\":{\"other\":{\"auth\":\"%%%\"},\"" + HOST
                + "\":{\"username\":\"bob\",\"password\":\"x\"}}}");

        assertThat(sandbox.docker().find(HOST, Optional.empty())).contains(Credentials.of("bob", "x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"auths\":[]}",
                "{\"credHelpers\":7}",
                "{\"credHelpers\":{\"registry.example\":7}}",
                "{\"credsStore\":[]}"
            })
    void namesAFileWhoseSectionsAreOfTheWrongKind(String text) throws IOException {
        sandbox.dockerConfig(text);

        assertThat(failure(sandbox.docker())).hasMessageContaining("config.json");
    }

    @Test
    void namesAFileThatCannotBeRead() throws IOException {
        Files.createDirectories(sandbox.home().resolve(".docker").resolve("config.json"));

        assertThat(failure(sandbox.docker())).hasMessageContaining("config.json");
    }

    @Test
    void namesTheVariableThatIsNotJson() {
        sandbox.variable("DOCKER_AUTH_CONFIG", SECRET);

        assertThat(failure(sandbox.docker())).hasMessageContaining("DOCKER_AUTH_CONFIG");
    }

    @Test
    void namesTheVariableWhoseFileIsMissing() {
        sandbox.variable(
                "REGISTRY_AUTH_FILE", sandbox.home().resolve("nowhere.json").toString());

        assertThat(failure(sandbox.podman()))
                .hasMessageContaining("REGISTRY_AUTH_FILE")
                .hasMessageContaining("nowhere.json");
    }

    @Test
    void printsNoSecret() {
        Credentials credentials = Credentials.of("bob", SECRET)
                .withIdentityToken(SECRET + "-identity")
                .withRegistryToken(SECRET + "-registry");

        assertThat(credentials.toString()).contains("bob").doesNotContain(SECRET);
        assertThat(Credentials.ofIdentityToken(SECRET).toString()).doesNotContain(SECRET);
        assertThat(Optional.of(Credentials.of("", SECRET)).toString()).doesNotContain(SECRET);
    }
}

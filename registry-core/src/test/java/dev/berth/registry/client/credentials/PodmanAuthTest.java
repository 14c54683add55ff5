package dev.berth.registry.client.credentials;

import static dev.berth.registry.client.credentials.DockerConfigTest.base64;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.RepositoryName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Podman's file: entries for parts of a registry, and other places. */
final class PodmanAuthTest {
    private CredentialSandbox sandbox;

    @BeforeEach
    void makeSandbox(@TempDir Path directory) throws IOException {
        sandbox = new CredentialSandbox(directory);
        sandbox.variable("XDG_RUNTIME_DIR", directory.resolve("run").toString());
    }

    private Optional<String> user(String registry, String repository) {
        return sandbox.podman()
                .find(
                        registry,
                        Optional.of(repository).filter(name -> !name.isEmpty()).map(RepositoryName::parse))
                .map(Credentials::username);
    }

    private static String entry(String key, String user) {
        return "\"%s\":{\"auth\":\"%s\"}".formatted(key, base64(user + ":x"));
    }

    @ParameterizedTest
    @CsvSource({
        "team/app, app",
        "team/app/sub, app",
        "team/other, team",
        "team, team",
        "teams/app, all",
        "'', all",
    })
    void takesTheEntryOfTheLongestPart(String repository, String user) throws IOException {
        sandbox.podmanAuth("{\"auths\":{" + entry("q.example", "all") + "," + entry("q.example/team/app", "app") + ","
                + entry("q.example/team", "team") + "}}");

        assertThat(user("q.example", repository)).contains(user);
    }

    @ParameterizedTest
    @CsvSource({"docker.io", "index.docker.io", "registry-1.docker.io", "https://index.docker.io/v1/"})
    void knowsDockerHubByAllItsNames(String key) throws IOException {
        sandbox.podmanAuth("{\"auths\":{" + entry(key, "bob") + "}}");

        assertThat(user("docker.io", "library/ubuntu")).contains("bob");
    }

    @Test
    void takesAnAddressAsTheNameOfItsHost() throws IOException {
        sandbox.podmanAuth("{\"auths\":{" + entry("https://q.example/v1/", "bob") + "}}");

        assertThat(user("q.example", "app")).contains("bob");
    }

    @Test
    void asksTheHelperOfTheRegistry() throws IOException {
        sandbox.podmanAuth("{\"credHelpers\":{\"q.example\":\"box\"}}");
        sandbox.helper("box", "echo '{\"Username\":\"bob\",\"Secret\":\"s\"}'");

        assertThat(user("q.example", "team/app")).contains("bob");
    }

    @Test
    void looksIntoTheRunTimeDirectoryFirst(@TempDir Path run) throws IOException {
        sandbox.variable("XDG_RUNTIME_DIR", run.toString());
        sandbox.file(run.resolve("containers/auth.json"), "{\"auths\":{" + entry("q.example", "run") + "}}");
        sandbox.podmanAuth("{\"auths\":{" + entry("q.example", "config") + "," + entry("r.example", "config") + "}}");
        sandbox.dockerConfig("{\"auths\":{" + entry("s.example", "docker") + "}}");

        assertThat(user("q.example", "")).contains("run");
        assertThat(user("r.example", "")).contains("config");
        assertThat(user("s.example", "")).contains("docker");
        assertThat(user("t.example", "")).isEmpty();
    }

    @Test
    void looksOnlyIntoTheFileThatTheVariableNames(@TempDir Path elsewhere) throws IOException {
        Path named = elsewhere.resolve("my.json");
        sandbox.file(named, "{\"auths\":{" + entry("q.example", "mine") + "}}");
        sandbox.podmanAuth("{\"auths\":{" + entry("r.example", "config") + "}}");
        sandbox.variable("REGISTRY_AUTH_FILE", named.toString());

        assertThat(user("q.example", "")).contains("mine");
        assertThat(user("r.example", "")).isEmpty();
    }
}

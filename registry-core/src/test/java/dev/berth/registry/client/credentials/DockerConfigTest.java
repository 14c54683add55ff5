package dev.berth.registry.client.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Docker's file answers, form by form. {@link DockerCommandLineTest} asks the real program the same. */
final class DockerConfigTest {
    private static final String HOST = "registry.example:5000";

    private CredentialSandbox sandbox;

    @BeforeEach
    void makeSandbox(@TempDir Path directory) throws IOException {
        sandbox = new CredentialSandbox(directory);
    }

    private Optional<Credentials> find(String registry) {
        return sandbox.docker().find(registry, Optional.empty());
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static Stream<Arguments> entries() {
        String auth = base64("bob:s3cret");
        return Stream.of(
                Arguments.of("auth", HOST, "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(HOST, auth)),
                Arguments.of(
                        "user name and password",
                        HOST,
                        "{\"auths\":{\"%s\":{\"username\":\"bob\",\"password\":\"s3cret\"}}}".formatted(HOST)),
                Arguments.of(
                        "auth wins over user name and password",
                        HOST,
                        "{\"auths\":{\"%s\":{\"username\":\"eve\",\"password\":\"x\",\"auth\":\"%s\"}}}"
                                .formatted(HOST, auth)),
                Arguments.of(
                        "filled up with nulls",
                        HOST,
                        "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(HOST, base64("bob:s3cret\0\0"))),
                Arguments.of(
                        "base64 over two lines",
                        HOST,
                        "{\"auths\":{\"%s\":{\"auth\":\"%s\\n%s\"}}}"
                                .formatted(HOST, auth.substring(0, 4), auth.substring(4))),
                Arguments.of(
                        "with https://", HOST, "{\"auths\":{\"https://%s\":{\"auth\":\"%s\"}}}".formatted(HOST, auth)),
                Arguments.of(
                        "with http://", HOST, "{\"auths\":{\"http://%s\":{\"auth\":\"%s\"}}}".formatted(HOST, auth)),
                Arguments.of(
                        "with an old API's path",
                        HOST,
                        "{\"auths\":{\"https://%s/v1/\":{\"auth\":\"%s\"}}}".formatted(HOST, auth)),
                Arguments.of(
                        "with a path and no scheme",
                        HOST,
                        "{\"auths\":{\"%s/v2\":{\"auth\":\"%s\"}}}".formatted(HOST, auth)),
                Arguments.of(
                        "exact before similar",
                        HOST,
                        "{\"auths\":{\"https://%s\":{\"auth\":\"%s\"},\"%s\":{\"auth\":\"%s\"}}}"
                                .formatted(HOST, base64("eve:x"), HOST, auth)),
                Arguments.of(
                        "Docker Hub",
                        "docker.io",
                        "{\"auths\":{\"https://index.docker.io/v1/\":{\"auth\":\"%s\"}}}".formatted(auth)),
                Arguments.of(
                        "Docker Hub by the name of its server",
                        "registry-1.docker.io",
                        "{\"auths\":{\"https://index.docker.io/v1/\":{\"auth\":\"%s\"}}}".formatted(auth)),
                Arguments.of(
                        "names in another case", HOST, "{\"auths\":{\"%s\":{\"Auth\":\"%s\"}}}".formatted(HOST, auth)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("entries")
    void findsTheLogin(String form, String registry, String config) throws IOException {
        sandbox.dockerConfig(config);

        assertThat(find(registry)).contains(Credentials.of("bob", "s3cret"));
    }

    static Stream<Arguments> nothing() {
        return Stream.of(
                Arguments.of("empty file", ""),
                Arguments.of("no entries", "{}"),
                Arguments.of("null", "{\"auths\":null}"),
                Arguments.of("empty entry", "{\"auths\":{\"%s\":{}}}".formatted(HOST)),
                Arguments.of("entry that is null", "{\"auths\":{\"%s\":null}}".formatted(HOST)),
                Arguments.of("empty auth", "{\"auths\":{\"%s\":{\"auth\":\"\"}}}".formatted(HOST)),
                Arguments.of(
                        "user without password",
                        "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(HOST, base64("bob:"))),
                Arguments.of("only an e-mail address", "{\"auths\":{\"%s\":{\"email\":\"b@c\"}}}".formatted(HOST)),
                Arguments.of(
                        "another port",
                        "{\"auths\":{\"registry.example:5001\":{\"auth\":\"%s\"}}}".formatted(base64("bob:x"))),
                Arguments.of(
                        "a subdomain", "{\"auths\":{\"a.%s\":{\"auth\":\"%s\"}}}".formatted(HOST, base64("bob:x"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nothing")
    void goesOnWithoutCredentials(String form, String config) throws IOException {
        sandbox.dockerConfig(config);

        assertThat(find(HOST)).isEmpty();
    }

    @Test
    void goesOnWithoutCredentialsWhereThereIsNoFile() {
        assertThat(find(HOST)).isEmpty();
    }

    @Test
    void doesNotKnowDockerHubByItsOwnName() throws IOException {
        sandbox.dockerConfig("{\"auths\":{\"docker.io\":{\"auth\":\"%s\"}}}".formatted(base64("bob:x")));

        assertThat(find("docker.io")).isEmpty();
    }

    @Test
    void readsTokens() throws IOException {
        sandbox.dockerConfig(
                "{\"auths\":{\"%s\":{\"auth\":\"%s\",\"identitytoken\":\"idt\",\"registrytoken\":\"rgt\"}}}"
                        .formatted(HOST, base64("bob:s3cret")));

        assertThat(find(HOST))
                .contains(
                        Credentials.of("bob", "s3cret").withIdentityToken("idt").withRegistryToken("rgt"));
    }

    @Test
    void readsTheFileAnewEachTime() throws IOException {
        CredentialStore store = sandbox.docker();
        sandbox.dockerConfig("{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(HOST, base64("bob:old")));
        assertThat(store.find(HOST, Optional.empty())).contains(Credentials.of("bob", "old"));

        sandbox.dockerConfig("{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(HOST, base64("bob:new")));

        assertThat(store.find(HOST, Optional.empty())).contains(Credentials.of("bob", "new"));
    }

    @Test
    void looksWhereTheVariableSays(@TempDir Path elsewhere) throws IOException {
        sandbox.dockerConfig("{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(HOST, base64("eve:x")));
        sandbox.file(
                elsewhere.resolve("config.json"),
                "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(HOST, base64("bob:s3cret")));
        sandbox.variable("DOCKER_CONFIG", elsewhere.toString());

        assertThat(find(HOST)).contains(Credentials.of("bob", "s3cret"));
    }

    @Test
    void takesWhatStandsInTheVariableFirst() throws IOException {
        sandbox.dockerConfig("{\"auths\":{\"%s\":{\"auth\":\"%s\"},\"other\":{\"auth\":\"%s\"}}}"
                .formatted(HOST, base64("eve:x"), base64("joe:y")));
        sandbox.variable(
                "DOCKER_AUTH_CONFIG", "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(HOST, base64("bob:s3cret")));

        assertThat(find(HOST)).contains(Credentials.of("bob", "s3cret"));
        assertThat(find("other")).contains(Credentials.of("joe", "y"));
    }
}

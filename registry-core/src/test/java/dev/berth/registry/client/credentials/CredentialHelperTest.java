package dev.berth.registry.client.credentials;

import static dev.berth.registry.client.credentials.DockerConfigTest.base64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Helper programs, real ones: those that work, and those that fail, hang or print rubbish. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the helpers are shell scripts")
final class CredentialHelperTest {
    private static final String HOST = "registry.example:5000";
    private static final String SECRET = "hunter2";

    private CredentialSandbox sandbox;

    @BeforeEach
    void makeSandbox(@TempDir Path directory) throws IOException {
        sandbox = new CredentialSandbox(directory);
    }

    private Optional<Credentials> find(String registry) {
        return sandbox.docker().find(registry, Optional.empty());
    }

    private RegistryException failure() {
        RegistryException failure = assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> find(HOST))
                .actual();
        assertThat(failure.code()).isEqualTo(ErrorCode.UNAUTHORIZED);
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).contains("docker-credential-box", HOST).doesNotContain(SECRET);
        return failure;
    }

    @Test
    void asksTheStoreOfTheWholeFile() throws IOException {
        sandbox.dockerConfig("{\"credsStore\":\"box\"}");
        sandbox.helper(
                "box",
                "[ \"$1\" = get ] && read url; echo \"{\\\"Username\\\":\\\"at $url\\\",\\\"Secret\\\":\\\"s\\\"}\"");

        assertThat(find(HOST)).contains(Credentials.of("at " + HOST, "s"));
        assertThat(find("docker.io")).contains(Credentials.of("at https://index.docker.io/v1/", "s"));
    }

    @Test
    void asksTheHelperOfARegistryRatherThanTheStore() throws IOException {
        sandbox.dockerConfig("{\"credsStore\":\"other\",\"credHelpers\":{\"" + HOST + "\":\"box\"}}");
        sandbox.helper("box", "echo '{\"Username\":\"bob\",\"Secret\":\"s\"}'");
        sandbox.helper("other", "echo '{\"Username\":\"eve\",\"Secret\":\"s\"}'");

        assertThat(find(HOST)).contains(Credentials.of("bob", "s"));
        assertThat(find("elsewhere")).contains(Credentials.of("eve", "s"));
    }

    @Test
    void asksNobodyWhereTheHelperIsNamedEmpty() throws IOException {
        sandbox.dockerConfig(
                "{\"credsStore\":\"box\",\"credHelpers\":{\"%s\":\"\"},\"auths\":{\"%s\":{\"auth\":\"%s\"}}}"
                        .formatted(HOST, HOST, base64("bob:file")));
        sandbox.helper("box", "echo '{\"Username\":\"eve\",\"Secret\":\"s\"}'");

        assertThat(find(HOST)).contains(Credentials.of("bob", "file"));
    }

    @Test
    void takesASecretOfTheTokenUserAsIdentityToken() throws IOException {
        sandbox.dockerConfig("{\"credsStore\":\"box\"}");
        sandbox.helper("box", "echo '{\"Username\":\"<token>\",\"Secret\":\"idt\"}'");

        assertThat(find(HOST)).contains(Credentials.ofIdentityToken("idt"));
    }

    @Test
    void goesOnWithoutCredentialsWhereTheHelperHasNone() throws IOException {
        sandbox.dockerConfig("{\"credsStore\":\"box\"}");
        sandbox.helper("box", "echo 'credentials not found in native keychain'; exit 1");

        assertThat(find(HOST)).isEmpty();
    }

    @Test
    void doesNotTakeAnOldPasswordOfTheFileWhereTheHelperHasNone() throws IOException {
        sandbox.dockerConfig("{\"credsStore\":\"box\",\"auths\":{\"%s\":{\"auth\":\"%s\",\"registrytoken\":\"rgt\"}}}"
                .formatted(HOST, base64("bob:old")));
        sandbox.helper("box", "echo 'credentials not found in native keychain'; exit 1");

        assertThat(find(HOST)).contains(Credentials.ofRegistryToken("rgt"));
    }

    @Test
    void usesThePasswordKeeperOfTheSystemWhereNothingIsSet() throws IOException {
        sandbox.dockerConfig("{\"psFormat\":\"x\"}");
        sandbox.helper("secretservice", "echo '{\"Username\":\"bob\",\"Secret\":\"s\"}'");

        assertThat(find(HOST)).contains(Credentials.of("bob", "s"));
    }

    @Test
    void saysThatTheProgramIsMissing() throws IOException {
        sandbox.dockerConfig("{\"credsStore\":\"box\"}");

        assertThat(failure()).hasMessageContaining("PATH");
    }

    @Test
    void runsNoProgramByItsPath() throws IOException {
        sandbox.dockerConfig("{\"credsStore\":\"../../evil\"}");

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> find(HOST))
                .withMessageContaining("slashes");
    }

    @Test
    void saysThatTheProgramFailed() throws IOException {
        sandbox.dockerConfig("{\"credsStore\":\"box\"}");
        sandbox.helper("box", "echo " + SECRET + "; echo " + SECRET + " >&2; exit 3");

        assertThat(failure()).hasMessageContaining("exit code 3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo " + SECRET,
                "echo '[\"" + SECRET + "\"]'",
                "echo '{\"Username\":7,\"Secret\":\"" + SECRET + "\"}'",
                "printf '{\"Secret\":\"" + SECRET + "'",
                "true",
                "head -c 1000000 /dev/zero"
            })
    void saysThatTheProgramPrintsSomethingElse(String script) throws IOException {
        sandbox.dockerConfig("{\"credsStore\":\"box\"}");
        sandbox.helper("box", script);

        assertThat(failure()).hasMessageContaining("print");
    }

    @Test
    @Timeout(60)
    void stopsAProgramThatHangs(@TempDir Path pids) throws IOException {
        sandbox.dockerConfig("{\"credsStore\":\"box\"}").helperTimeout(Duration.ofMillis(300));
        Path pid = pids.resolve("pid");
        sandbox.helper("box", "echo $$ > " + pid + "; echo " + SECRET + "; sleep 1000");

        assertThat(failure()).hasMessageContaining("did not end");
        assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                        .map(ProcessHandle::onExit))
                .satisfiesAnyOf(
                        gone -> assertThat(gone).isEmpty(),
                        ending -> assertThat(ending.get()).succeedsWithin(Duration.ofSeconds(30)));
    }

    @Test
    @Timeout(60)
    void doesNotWaitForWhatAProgramLeavesBehind() throws IOException {
        sandbox.dockerConfig("{\"credsStore\":\"box\"}");
        sandbox.helper("box", "sleep 1000 & echo '{\"Username\":\"bob\",\"Secret\":\"s\"}'");

        assertThat(find(HOST)).contains(Credentials.of("bob", "s"));
    }

    @Test
    @Timeout(60)
    void endsWhenTheThreadIsInterrupted() throws Exception {
        sandbox.dockerConfig("{\"credsStore\":\"box\"}");
        sandbox.helper("box", "sleep 1000");
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>(false);
        Thread asking = new Thread(() -> {
            try {
                find(HOST);
            } catch (RuntimeException e) {
                thrown.set(e);
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
        asking.start();

        asking.interrupt();
        asking.join();

        assertThat(thrown.get()).isInstanceOf(RegistryException.class).hasMessageContaining("interrupted");
        assertThat(flag.get()).isTrue();
    }
}

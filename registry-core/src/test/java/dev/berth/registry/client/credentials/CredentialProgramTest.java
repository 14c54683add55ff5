package dev.berth.registry.client.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A program that an operator names gives out credentials. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the helpers are shell scripts")
class CredentialProgramTest {
    private static final String HOST = "registry.example:5000";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private CredentialSandbox sandbox;

    @BeforeEach
    void makeSandbox(@TempDir Path directory) throws IOException {
        sandbox = new CredentialSandbox(directory);
        sandbox.helper(
                "cloud",
                "[ \"$1\" = get ] && read host; echo \"{\\\"Username\\\":\\\"at $host\\\",\\\"Secret\\\":\\\"hunter2\\\"}\"");
    }

    private CredentialProgram program(String command) {
        return CredentialProgram.at(
                command, sandbox.processEnvironment(), Duration.ofSeconds(20), InstantSource.fixed(NOW));
    }

    @Test
    void isFoundByItsPathOrOnThePath() {
        for (String command : new String[] {
            "docker-credential-cloud", sandbox.program("cloud").toString()
        }) {
            assertThat(program(command).find(HOST, Optional.empty())).hasValueSatisfying(found -> {
                assertThat(found).isEqualTo(Credentials.of("at " + HOST, "hunter2"));
                assertThat(found.expiry()).isEmpty();
            });
        }
    }

    @Test
    void theirLifetimeIsThatOfTheSettings() {
        CredentialProgram program = program("docker-credential-cloud");

        assertThat(program.goodFor(Duration.ofHours(12))
                        .find(HOST, Optional.empty())
                        .orElseThrow()
                        .expiry())
                .contains(NOW.plus(Duration.ofHours(12)));
        assertThat(program.goodFor(Duration.ZERO)
                        .find(HOST, Optional.empty())
                        .orElseThrow()
                        .expiry())
                .contains(NOW);
    }

    @Test
    void whatItPrintsIsInNoMessage() throws IOException {
        sandbox.helper("cloud", "echo hunter2; exit 3");

        RegistryException failure = assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> program("docker-credential-cloud").find(HOST, Optional.empty()))
                .actual();

        assertThat(failure.code()).isEqualTo(ErrorCode.UNAUTHORIZED);
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString())
                .contains("docker-credential-cloud", HOST, "exit code 3")
                .doesNotContain("hunter2");
    }

    @Test
    void oneThatIsMissingIsNamed() {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> program("/nowhere/helper").find(HOST, Optional.empty()))
                .withMessageContaining("/nowhere/helper");
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> program("no-such-helper").find(HOST, Optional.empty()))
                .withMessageContaining("no-such-helper on the PATH");
    }

    @Test
    void aNameAndATimeAreChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> CredentialProgram.at(" "));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CredentialProgram.at("x").goodFor(Duration.ofSeconds(-1)));
    }
}

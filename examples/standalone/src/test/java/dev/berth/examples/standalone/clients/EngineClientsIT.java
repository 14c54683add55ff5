package dev.berth.examples.standalone.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.programs.ChildProcess.Outcome;
import dev.berth.examples.standalone.programs.DockerEngine;
import dev.berth.examples.standalone.programs.DockerEngineExtension;
import dev.berth.examples.standalone.programs.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A Docker Engine, and containerd, log in, push and pull as they may, and say clearly what they may not. */
@ExtendWith(DockerEngineExtension.class)
@EnabledIfSystemProperty(
        named = "berth.it.long",
        matches = "true",
        disabledReason = "takes half a minute; set -Dberth.it.long=true to run it")
@Tag("any-jdk")
class EngineClientsIT {
    private final DockerEngine engine;

    @TempDir
    Path directory;

    EngineClientsIT(DockerEngine engine) {
        this.engine = engine;
    }

    /** It asks for tokens by GET. */
    @ParameterizedTest
    @EnumSource
    void dockerMayWhatItsCredentialsMay(Credential credential) throws IOException, InterruptedException {
        try (Client client = new DockerClient(engine, directory);
                TeamRegistry registry = new TeamRegistry(credential, directory)) {
            new AccessScenario(registry, credential, client).happens();
        }
    }

    /** It asks for tokens by POST. */
    @ParameterizedTest
    @EnumSource
    void containerdMayWhatItsCredentialsMay(Credential credential) throws IOException, InterruptedException {
        Programs.assumeInstalled("ctr");
        try (Client client = ContainerdClient.of(engine, directory);
                TeamRegistry registry = new TeamRegistry(credential, directory)) {
            new AccessScenario(registry, credential, client).happens();
        }
    }

    /** The token stands where the password would: it is used again and again, until the account has another password. */
    @Test
    void dockerKeepsATokenThatSurvivesTheServerAndDiesWithThePassword() throws IOException, InterruptedException {
        try (Client docker = new DockerClient(engine, directory);
                TeamRegistry registry = new TeamRegistry(Credential.PASSWORD, directory)) {
            String host = registry.host();
            docker.login(host, "alice", registry.password()).successful();
            assertThat(engine.credentials())
                    .contains("\"identitytoken\"")
                    .doesNotContain(Base64.getEncoder()
                            .encodeToString(("alice:" + registry.password()).getBytes(StandardCharsets.UTF_8)));
            docker.push(host + "/" + TeamRegistry.TEAM + ":new").successful();

            registry.restart();
            docker.pull(host + "/" + TeamRegistry.TEAM + ":new").successful();
            docker.push(host + "/" + TeamRegistry.TEAM + ":newer").successful();

            registry.changePassword();
            Outcome pull = docker.pull(host + "/" + TeamRegistry.TEAM + ":new");
            assertThat(pull.exitCode()).isNotZero();
            assertThat(pull.err()).contains("unauthorized", "log in again");
            assertThat(docker.push(host + "/" + TeamRegistry.TEAM + ":newest").exitCode())
                    .isNotZero();
            docker.logout(host).successful();
        }
    }
}

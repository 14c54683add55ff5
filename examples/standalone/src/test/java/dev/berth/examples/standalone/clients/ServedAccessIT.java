package dev.berth.examples.standalone.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess.Outcome;
import dev.berth.examples.standalone.programs.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a configuration file and accounts by commands, as the document about access control has them. */
class ServedAccessIT {
    private static final String PASSWORD = "alice's password";
    private static final String CONFIGURATION = """
            access:
              public: ["library/**"]
              organisations: {acme: {alice: writer}}
              grants:
                - {to: alice, repositories: ["library/**"], role: writer}
            """;

    @TempDir
    Path directory;

    private String storage() {
        return directory.resolve("data").toString();
    }

    @Test
    void peopleRobotsAndPersonalTokensPushAndPullAsTheyMay() throws IOException, InterruptedException {
        Programs.assumeInstalled("skopeo");
        Path configuration = Files.writeString(directory.resolve("berth.yml"), CONFIGURATION);
        BerthCommand.of("user", "add", "alice", "--storage", storage(), "--password-stdin")
                .reading(PASSWORD + "\n")
                .run()
                .successful();
        BerthCommand.of("org", "add", "acme", "--storage", storage()).run().successful();
        String robot = secret(
                "robot", "add", "acme+ci", "--repositories", "acme/**", "--role", "writer", "--storage", storage());

        try (Client skopeo = new SkopeoClient(directory);
                BerthProcess berth = BerthCommand.of(
                                "serve",
                                "--listen",
                                "127.0.0.1:0",
                                "--storage",
                                storage(),
                                "--config",
                                configuration.toString())
                        .start()) {
            String host = berth.hostAndPort();
            skopeo.login(host, "alice", PASSWORD).successful();
            skopeo.push(host + "/library/tool:1").successful();
            skopeo.push(host + "/acme/app:1").successful();
            refused(skopeo.push(host + "/other/app:1"));
            skopeo.logout(host).successful();
            skopeo.pull(host + "/library/tool:1").successful();
            refused(skopeo.pull(host + "/acme/app:1"));

            skopeo.login(host, "acme+ci", robot).successful();
            skopeo.pull(host + "/acme/app:1").successful();
            skopeo.push(host + "/acme/app:2").successful();
            refused(skopeo.push(host + "/library/tool:2"));

            String token = secret(
                    "token", "add", "--repositories", "**", "--role", "reader", "--registry", host, "--user", "alice",
                    "--password-stdin");
            skopeo.login(host, "alice", token).successful();
            skopeo.pull(host + "/acme/app:2").successful();
            skopeo.pull(host + "/library/tool:1").successful();
            refused(skopeo.push(host + "/acme/app:3"));

            assertThat(berth.log())
                    .contains("event=ACCESS_REFUSED caller=acme+ci")
                    .doesNotContain(robot, token, PASSWORD);
        }
    }

    /** Returns what a command prints, which gets alice's password to read. */
    private static String secret(String... command) throws IOException, InterruptedException {
        return BerthCommand.of(command)
                .reading(PASSWORD + "\n")
                .run()
                .successful()
                .out()
                .strip();
    }

    private static void refused(Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.toString()).isNotZero();
        assertThat(outcome.err()).containsPattern("denied|StatusCode: 403");
    }
}

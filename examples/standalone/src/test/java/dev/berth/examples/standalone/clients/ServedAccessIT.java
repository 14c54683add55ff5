package dev.berth.examples.standalone.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess.Outcome;
import dev.berth.examples.standalone.programs.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A server with a configuration file and accounts by commands, as the document about access control has them. */
class ServedAccessIT {
    private static final String PASSWORD = "alice's password";
    private static final String ADMINISTRATORS_PASSWORD = "administrator's password";
    private static final String CONFIGURATION = """
            access:
              admin: {password: "administrator's password"}
              public: ["library/**"]
              organisations: {acme: {alice: writer}}
              grants:
                - {to: alice, repositories: ["library/**"], role: writer}
            """;

    @TempDir
    Path directory;

    /** Five JVMs start one after the other. */
    @Test
    @EnabledIfSystemProperty(
            named = "berth.it.long",
            matches = "true",
            disabledReason = "takes half a minute; set -Dberth.it.long=true to run it")
    void peopleRobotsAndPersonalTokensPushAndPullAsTheyMay() throws IOException, InterruptedException {
        Programs.assumeInstalled("skopeo");
        Path configuration = Files.writeString(directory.resolve("berth.yml"), CONFIGURATION);
        try (Client skopeo = new SkopeoClient(directory);
                BerthProcess berth = BerthCommand.of(
                                "serve",
                                "--listen",
                                "127.0.0.1:0",
                                "--storage",
                                directory.resolve("data").toString(),
                                "--config",
                                configuration.toString())
                        .start()) {
            String host = berth.hostAndPort();
            manage(host, "admin", ADMINISTRATORS_PASSWORD + "\n" + PASSWORD, "user", "add", "alice");
            manage(host, "admin", ADMINISTRATORS_PASSWORD, "org", "add", "acme");
            String robot = manage(
                    host,
                    "admin",
                    ADMINISTRATORS_PASSWORD,
                    "robot",
                    "add",
                    "acme+ci",
                    "--repositories",
                    "acme/**",
                    "--role",
                    "writer");

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

            String token = manage(host, "alice", PASSWORD, "token", "add", "--repositories", "**", "--role", "reader");
            skopeo.login(host, "alice", token).successful();
            skopeo.pull(host + "/acme/app:2").successful();
            skopeo.pull(host + "/library/tool:1").successful();
            refused(skopeo.push(host + "/acme/app:3"));

            assertThat(berth.log())
                    .contains("event=ACCESS_REFUSED caller=acme+ci")
                    .doesNotContain(robot, token, PASSWORD, ADMINISTRATORS_PASSWORD);
        }
    }

    /** Returns what a command prints, which gets passwords to read. */
    private static String manage(String host, String user, String passwords, String... command)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--registry", host, "--user", user, "--password-stdin"));
        return BerthCommand.of(arguments.toArray(String[]::new))
                .reading(passwords + "\n")
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

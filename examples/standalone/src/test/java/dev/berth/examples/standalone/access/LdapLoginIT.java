package dev.berth.examples.standalone.access;

import static dev.berth.examples.standalone.access.ServedTokens.basic;
import static dev.berth.examples.standalone.access.ServedTokens.bearer;
import static dev.berth.examples.standalone.access.ServedTokens.field;
import static dev.berth.examples.standalone.programs.Slapd.password;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.Slapd;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose people are those of a directory. */
@EnabledIfSystemProperty(
        named = "berth.it.long",
        matches = "true",
        disabledReason = "takes a minute; set -Dberth.it.long=true to run it")
@Tag("any-jdk")
class LdapLoginIT {
    private static final String SCOPE = "repository:dev/app:pull,push";
    private static final String ACCESS = """
            access:
              grants:
                - {to: "ldap:engineers", repositories: ["dev/**"], role: writer}
            """;

    @TempDir
    Path directory;

    @ParameterizedTest(name = "StartTLS: {0}")
    @ValueSource(booleans = {true, false})
    void peopleOfADirectoryPushAsTheirGroupsMayAndEndWithTheirEntries(boolean startTls) throws Exception {
        ImagePusher pusher = ImagePusher.create(directory);
        try (Slapd slapd = Slapd.start(Files.createDirectory(directory.resolve("slapd")), "alice", "bob", "carol")) {
            slapd.addGroup("engineers", "alice");
            Path configuration =
                    Files.writeString(directory.resolve("berth.yml"), slapd.configuration(startTls) + ACCESS);
            try (BerthProcess berth = BerthCommand.of(
                            "serve",
                            "--listen",
                            "127.0.0.1:0",
                            "--storage",
                            "memory:",
                            "--config",
                            configuration.toString())
                    .start()) {
                pushes(pusher, berth);
                outage(slapd, pusher, berth);
                removal(slapd, berth);
                assertThat(berth.log()).doesNotContain(password("alice"), password("carol"), "searching");
            }
        }
    }

    private static void pushes(ImagePusher pusher, BerthProcess berth) throws Exception {
        pusher.loginIsRefused(berth, "alice", "wrong");
        pusher.login(berth, "bob", password("bob"));
        pusher.isRefused(berth, "dev/app:1");
        pusher.login(berth, "alice", password("alice"));
        pusher.push(berth, "dev/app:1");
        pusher.isRefused(berth, "other/app:1");
    }

    /** While the directory is down, who is logged in goes on, and nobody else is let in. */
    private static void outage(Slapd slapd, ImagePusher pusher, BerthProcess berth) throws Exception {
        ServedTokens tokens = new ServedTokens(berth);
        HttpResponse<byte[]> login = tokens.login("alice", password("alice"), SCOPE);
        String token = field(login, "token");
        String refreshToken = field(login, "refresh_token");
        slapd.kill();
        try {
            for (int i = 0; i < 3; i++) {
                assertThat(tokens.push("dev/app", bearer(token))).isEqualTo(202);
                assertThat(tokens.refresh(refreshToken, SCOPE).statusCode()).isEqualTo(200);
                pusher.push(berth, "dev/app:2");
            }
            HttpResponse<byte[]> unknown = tokens.login("carol", password("carol"), SCOPE);
            assertThat(unknown.statusCode()).isEqualTo(503);
            assertThat(unknown.headers().firstValue("Retry-After")).isPresent();
            assertThat(tokens.pull("dev/app", basic("carol", password("carol"))))
                    .isEqualTo(503);
        } finally {
            slapd.run();
        }
        Within.allowed(
                "A login", () -> tokens.login("carol", password("carol"), SCOPE).statusCode());
    }

    private static void removal(Slapd slapd, BerthProcess berth) throws Exception {
        ServedTokens tokens = new ServedTokens(berth);
        String secret = AccountCommand.run(
                berth, "alice", password("alice"), "token", "add", "--repositories", "dev/**", "--role", "writer");
        String robot = AccountCommand.run(
                berth,
                "alice",
                password("alice"),
                "robot",
                "add",
                "alice+ci",
                "--repositories",
                "dev/**",
                "--role",
                "writer");
        List<String> credentials = List.of(
                basic("alice", secret),
                bearer(tokens.token("alice", secret, SCOPE)),
                basic("alice+ci", robot),
                bearer(tokens.token("alice+ci", robot, SCOPE)),
                basic("alice", password("alice")),
                bearer(tokens.token("alice", password("alice"), SCOPE)));
        for (String authorization : credentials) {
            assertThat(tokens.push("dev/app", authorization)).isEqualTo(202);
            assertThat(tokens.push("other/app", authorization)).isEqualTo(403);
        }

        slapd.removePerson("alice");
        long end = System.nanoTime() + Within.PROMISED.toNanos();
        for (String authorization : credentials) {
            Within.refused("A request", () -> tokens.push("dev/app", authorization));
        }
        assertThat(System.nanoTime()).isLessThan(end);
        assertThat(tokens.login("alice", secret, SCOPE).statusCode()).isEqualTo(401);
        assertThat(tokens.login("alice", password("alice"), SCOPE).statusCode()).isEqualTo(401);
    }
}

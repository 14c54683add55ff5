package dev.berth.examples.standalone.access;

import static dev.berth.examples.standalone.access.ServedTokens.basic;
import static dev.berth.examples.standalone.access.ServedTokens.bearer;
import static dev.berth.examples.standalone.access.ServedTokens.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.S3Bucket;
import dev.berth.examples.standalone.programs.UsesS3Gateway;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two registries over one bucket, without knowledge of each other. What a command removes at the first one has no rights
 * there with the next request, and none at the other within ten seconds.
 */
@UsesS3Gateway
@EnabledIfSystemProperty(
        named = "berth.it.long",
        matches = "true",
        disabledReason = "takes two minutes; set -Dberth.it.long=true to run it")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("any-jdk")
class RevocationOnTwoNodesIT {
    private static final String ADMINISTRATORS_PASSWORD = "administrator's password";
    private static final String ADMINISTRATOR = basic("admin", ADMINISTRATORS_PASSWORD);
    private static final String REPOSITORY = "app/one";
    private static final String SCOPE = "repository:" + REPOSITORY + ":pull,push";

    private static BerthProcess processA;
    private static BerthProcess processB;
    private static ServedTokens nodeA;
    private static ServedTokens nodeB;

    @BeforeAll
    static void start(S3Bucket bucket, @TempDir Path directory) throws IOException, InterruptedException {
        Path configuration = Files.writeString(
                directory.resolve("berth.yml"), "access: {admin: {password: \"" + ADMINISTRATORS_PASSWORD + "\"}}\n");
        processA = node(bucket, configuration);
        processB = node(bucket, configuration);
        nodeA = new ServedTokens(processA);
        nodeB = new ServedTokens(processB);
        String admin = nodeA.token("admin", ADMINISTRATORS_PASSWORD, SCOPE);
        assertThat(nodeA.push(REPOSITORY, bearer(admin))).isEqualTo(202);
        assertThat(nodeB.push(REPOSITORY, bearer(admin)))
                .as("a token of the other node")
                .isEqualTo(202);
    }

    private static BerthProcess node(S3Bucket bucket, Path configuration) throws IOException, InterruptedException {
        return bucket.configure(BerthCommand.of(
                        "serve",
                        "--listen",
                        "127.0.0.1:0",
                        "--storage",
                        bucket.address(),
                        "--config",
                        configuration.toString()))
                .start();
    }

    @AfterAll
    static void stop() {
        for (BerthProcess process : new BerthProcess[] {processA, processB}) {
            if (process != null) {
                process.close();
            }
        }
    }

    private static String password(String name) {
        return name + "'s password";
    }

    private static void addPerson(String name) throws IOException, InterruptedException {
        nodeA.manage("POST", "people", ADMINISTRATOR, """
                {"name": "%s", "password": "%s"}""".formatted(name, password(name)));
    }

    private static void grant(String to) throws IOException, InterruptedException {
        nodeA.manage("POST", "grants", ADMINISTRATOR, """
                {"to": "%s", "repositories": "app/**", "role": "writer"}""".formatted(to));
    }

    /** Returns the credentials that a name and a secret are good for at the first node: themselves, and a token for them. */
    private static List<String> credentials(String name, String secret) throws IOException, InterruptedException {
        return List.of(basic(name, secret), bearer(nodeA.token(name, secret, SCOPE)));
    }

    private static void removed(List<String> credentials, String... command) throws IOException, InterruptedException {
        for (String authorization : credentials) {
            assertThat(nodeA.push(REPOSITORY, authorization)).isEqualTo(202);
            Within.allowed("At the other node", () -> nodeB.push(REPOSITORY, authorization));
        }
        AccountCommand.run(processA, "admin", ADMINISTRATORS_PASSWORD, command);
        long end = System.nanoTime() + Within.PROMISED.toNanos();
        for (String authorization : credentials) {
            assertThat(nodeA.push(REPOSITORY, authorization)).isIn(401, 403);
        }
        for (String authorization : credentials) {
            Within.refused("At the other node", () -> nodeB.push(REPOSITORY, authorization));
        }
        assertThat(System.nanoTime()).isLessThan(end);
    }

    @Test
    @Order(1)
    void aPerson() throws IOException, InterruptedException {
        addPerson("pat");
        grant("pat");
        HttpResponse<byte[]> login = nodeA.login("pat", password("pat"), SCOPE);
        String refreshToken = field(login, "refresh_token");
        Within.allowed("At the other node", () -> nodeB.push(REPOSITORY, basic("pat", password("pat"))));
        String ofB = field(nodeB.refresh(refreshToken, SCOPE), "access_token");

        List<String> credentials = new ArrayList<>(credentials("pat", password("pat")));
        credentials.add(bearer(ofB));
        removed(credentials, "user", "remove", "pat");

        assertThat(nodeA.refresh(refreshToken, SCOPE).statusCode()).isEqualTo(401);
        assertThat(nodeA.login("pat", password("pat"), SCOPE).statusCode()).isEqualTo(401);
        Within.refused(
                "The refresh token at the other node",
                () -> nodeB.refresh(refreshToken, SCOPE).statusCode());
        Within.refused(
                "The password at the other node",
                () -> nodeB.login("pat", password("pat"), SCOPE).statusCode());
    }

    @Test
    @Order(1)
    void aMembershipOfATeam() throws IOException, InterruptedException {
        addPerson("mia");
        nodeA.manage("POST", "teams", ADMINISTRATOR, "{\"name\": \"crew\"}");
        nodeA.manage("POST", "team-members", ADMINISTRATOR, "{\"team\": \"crew\", \"member\": \"mia\"}");
        grant("team:crew");

        removed(credentials("mia", password("mia")), "team", "remove-member", "crew", "mia");
    }

    @Test
    @Order(1)
    void aGrant() throws IOException, InterruptedException {
        addPerson("gus");
        grant("gus");

        removed(credentials("gus", password("gus")), "access", "revoke", "gus", "app/**", "writer");
    }

    @Test
    @Order(1)
    void aRobot() throws IOException, InterruptedException {
        addPerson("rob");
        grant("rob");
        HttpResponse<byte[]> robot = nodeA.manage("POST", "robots", ADMINISTRATOR, """
                {"owner": "rob", "name": "ci", "repositories": ["app/**"], "role": "writer"}""");

        removed(credentials("rob+ci", field(robot, "secret")), "robot", "remove", "rob+ci");
        assertThat(nodeA.push(REPOSITORY, basic("rob", password("rob")))).isEqualTo(202);
    }

    @Test
    @Order(1)
    void aPersonalToken() throws IOException, InterruptedException {
        addPerson("tom");
        grant("tom");
        HttpResponse<byte[]> token = nodeA.manage("POST", "tokens", ADMINISTRATOR, """
                {"owner": "tom", "repositories": ["app/**"], "role": "writer"}""");

        removed(
                credentials("tom", field(token, "secret")),
                "token",
                "remove",
                "--owner",
                "tom",
                field(token, "account"));
        assertThat(nodeA.push(REPOSITORY, basic("tom", password("tom")))).isEqualTo(202);
    }

    /** After all others, whose tokens are worth nothing then. */
    @Test
    @Order(2)
    void aSigningKey() throws IOException, InterruptedException {
        addPerson("sam");
        grant("sam");
        String basic = basic("sam", password("sam"));
        String refreshToken = field(nodeA.login("sam", password("sam"), SCOPE), "refresh_token");
        List<String> keys = AccountCommand.run(processB, "admin", ADMINISTRATORS_PASSWORD, "key", "list")
                .lines()
                .filter(line -> line.endsWith("yes"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
        assertThat(keys).hasSize(1);

        removed(List.of(bearer(nodeA.token("sam", password("sam"), SCOPE))), "key", "remove", keys.get(0));

        assertThat(nodeA.refresh(refreshToken, SCOPE).statusCode()).isEqualTo(401);
        assertThat(nodeB.refresh(refreshToken, SCOPE).statusCode()).isEqualTo(401);
        assertThat(nodeB.push(REPOSITORY, basic)).isEqualTo(202);
        String signedByANewKey = nodeA.token("sam", password("sam"), SCOPE);
        assertThat(nodeA.push(REPOSITORY, bearer(signedByANewKey))).isEqualTo(202);
        Within.allowed("At the other node", () -> nodeB.push(REPOSITORY, bearer(signedByANewKey)));
        assertThat(processA.log()).contains("event=CHANGE caller=admin", "target=signing-key:" + keys.get(0));
    }
}

package dev.berth.registry.console.operation;

import static dev.berth.registry.console.TestOperations.CAROL;
import static dev.berth.registry.console.TestOperations.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.account.store.Robot;
import dev.berth.registry.console.TestOperations;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pages about robots: a secret is shown by the answer that made it, and by no page afterwards. */
class RobotPagesTest {
    private static final String ROBOTS = "/operations/robots";
    private static final Pattern SECRET = Pattern.compile("<code>(berth_[A-Za-z0-9_-]+)</code>");

    private final TestOperations console = TestOperations.start();

    RobotPagesTest() throws IOException {}

    @AfterEach
    void end() {
        console.close();
    }

    private String page(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = console.get(CAROL, ROBOTS + path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return response.body();
    }

    private HttpResponse<String> post(String page, Map<String, String> form) throws IOException, InterruptedException {
        return console.post(CAROL, ROBOTS + "/" + page, form);
    }

    private static String secret(HttpResponse<String> response) {
        assertThat(response.statusCode()).as("%s", response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        Matcher matcher = SECRET.matcher(response.body().replace("\n", ""));
        assertThat(matcher.find()).as("%s", response.body()).isTrue();
        return matcher.group(1);
    }

    private Robot robot(String name) {
        return console.accounts.robot(name).orElseThrow();
    }

    @Test
    void aRobotIsAddedAndItsSecretShownOnce() throws Exception {
        assertThat(page("/add?owner=acme")).contains("acme/**");
        HttpResponse<String> added = post(
                "add",
                Map.of(
                        "owner",
                        "acme",
                        "name",
                        "cd",
                        "repositories",
                        "acme/app\nacme/web/**",
                        "role",
                        "writer",
                        "expires",
                        "30"));
        String secret = secret(added);
        assertThat(added.body()).contains("docker login", "--username acme+cd");
        assertThat(console.accounts.authenticate("acme+cd", secret)).isPresent();
        assertThat(robot("acme+cd").repositories()).hasToString("[acme/app, acme/web/**]");
        assertThat(Duration.between(Instant.now(), robot("acme+cd").expires().orElseThrow()))
                .isBetween(Duration.ofDays(29), Duration.ofDays(30));
        assertThat(page("?owner=acme"))
                .contains("acme+cd", "acme+ci", "acme/web/**", "in 29 days")
                .doesNotContain(secret);
    }

    @Test
    void whatIsWrongIsSaidBesideTheForm() throws Exception {
        HttpResponse<String> refused = post(
                "add",
                Map.of("owner", "acme", "name", "cd", "repositories", "other/**", "role", "writer", "expires", ""));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body())
                .contains("the role admin in other/**", "other/**</textarea>", "value=\"cd\"")
                .contains("<option value=\"writer\" selected=\"\">", "<option value=\"\" selected=\"\">never");
        assertThat(console.accounts.robot("acme+cd")).isEmpty();
        assertThat(post("add", Map.of("owner", "acme", "name", "cd", "repositories", "", "role", "writer"))
                        .body())
                .contains("repositories", "role=\"alert\"");
        assertThat(post("add", Map.of("owner", "acme", "name", "cd", "repositories", "acme/x", "role", "admin"))
                        .body())
                .contains("Robots and personal tokens manage nothing");
    }

    @Test
    void aNewSecretIsGoodBesideTheOlderOneForATime() throws Exception {
        String first =
                secret(post("add", Map.of("owner", "acme", "name", "cd", "repositories", "acme/**", "role", "reader")));
        assertThat(page("/rotate?name=acme%2Bcd")).contains("A new secret for");

        String second = secret(post("rotate", Map.of("name", "acme+cd", "olderGoodForSeconds", "86400")));
        assertThat(console.accounts.authenticate("acme+cd", first)).isPresent();
        assertThat(console.accounts.authenticate("acme+cd", second)).isPresent();
        assertThat(robot("acme+cd").secrets()).isEqualTo(2);

        String third = secret(post("rotate", Map.of("name", "acme+cd", "olderGoodForSeconds", "0")));
        assertThat(console.accounts.authenticate("acme+cd", second)).isEmpty();
        assertThat(console.accounts.authenticate("acme+cd", third)).isPresent();
    }

    @Test
    void aRobotIsRemovedAfterAQuestion() throws Exception {
        assertThat(page("/remove?name=acme%2Bci")).contains("Remove the robot");
        assertThat(console.accounts.robot("acme+ci")).isPresent();
        HttpResponse<String> removed = post("remove", Map.of("name", "acme+ci"));
        assertThat(removed.statusCode()).isEqualTo(303);
        assertThat(removed.headers().firstValue("Location")).hasValue(ROBOTS + "?owner=acme");
        assertThat(console.accounts.robot("acme+ci")).isEmpty();
    }

    @Test
    void robotsOfOthersAreNotThereForAnAdministratorOfAnOrganisation() throws Exception {
        assertThat(page("")).contains(">acme<").doesNotContain(">other<");
        for (String path :
                new String[] {"?owner=other", "?owner=alice", "/add?owner=other", "/rotate?name=other%2Bci"}) {
            assertThat(console.get(CAROL, ROBOTS + path).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(console.get(ROOT, ROBOTS + "?owner=alice").statusCode()).isEqualTo(200);
    }
}

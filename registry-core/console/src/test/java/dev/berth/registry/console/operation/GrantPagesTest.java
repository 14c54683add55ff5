package dev.berth.registry.console.operation;

import static dev.berth.registry.console.TestOperations.CAROL;
import static dev.berth.registry.console.TestOperations.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.Action;
import dev.berth.registry.access.Role;
import dev.berth.registry.console.TestOperations;
import dev.berth.registry.server.Caller;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pages about grants, and what they say about who may do what. */
class GrantPagesTest {
    private static final String GRANTS = "/operations/grants";
    private static final Pattern NEXT = Pattern.compile("href=\"([^\"]+)\" rel=\"next\"");

    private final TestOperations console = TestOperations.start();

    GrantPagesTest() throws IOException {}

    @AfterEach
    void end() {
        console.close();
    }

    private String page(String who, String path) throws IOException, InterruptedException {
        HttpResponse<String> response = console.get(who, path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return response.body();
    }

    private static void leadsTo(HttpResponse<String> response, String path) {
        assertThat(response.statusCode()).as("%s", response.body()).isEqualTo(303);
        assertThat(response.headers().firstValue("Location")).hasValue(path);
    }

    private boolean mayPull(Caller caller, String repository) {
        return console.accounts.policy().allows(caller, Action.PULL, RepositoryName.parse(repository));
    }

    @Test
    void grantsAreShownWithWhatTheyComeFrom() throws Exception {
        console.grant("bob", "acme/app", Role.READER);
        assertThat(page(ROOT, GRANTS))
                .contains("membership in the organisation", "configuration", "granted here", "library/**", ">public<");
        assertThat(page(CAROL, GRANTS)).contains("acme/app", ">bob<").doesNotContain("library/**", ">root<");
    }

    @Test
    void aRoleIsGivenAndTakenAway() throws Exception {
        Caller bob = Caller.named("bob");
        leadsTo(
                console.post(
                        CAROL, GRANTS + "/add", Map.of("to", "bob", "repositories", "acme/app", "role", "reader")),
                GRANTS + "?repositories=acme%2Fapp");
        assertThat(mayPull(bob, "acme/app")).isTrue();

        String question = GRANTS + "/remove?to=bob&repositories=acme/app&role=reader";
        assertThat(page(CAROL, question)).contains("Take the role", "acme/app");
        assertThat(mayPull(bob, "acme/app")).isTrue();
        leadsTo(
                console.post(
                        CAROL, GRANTS + "/remove", Map.of("to", "bob", "repositories", "acme/app", "role", "reader")),
                GRANTS);
        assertThat(mayPull(bob, "acme/app")).isFalse();
        assertThat(console.get(CAROL, question).statusCode()).isEqualTo(404);
    }

    @Test
    void repositoriesAreMadePublic() throws Exception {
        assertThat(page(CAROL, GRANTS + "/public")).contains("strangers without a login included");
        leadsTo(
                console.post(CAROL, GRANTS + "/public", Map.of("repositories", "acme/web")),
                GRANTS + "?repositories=acme%2Fweb");
        assertThat(mayPull(Caller.anonymous(), "acme/web")).isTrue();
    }

    @Test
    void whatIsWrongIsSaidBesideTheForm() throws Exception {
        HttpResponse<String> refused = console.post(
                CAROL, GRANTS + "/add", Map.of("to", "bob", "repositories", "acme/*-x", "role", "writer"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains("role=\"alert\"", "value=\"acme/*-x\"", "value=\"bob\"")
                .contains("<option value=\"writer\" selected=\"\">");
        assertThat(console.post(
                                CAROL, GRANTS + "/add", Map.of("to", "bob", "repositories", "**", "role", "reader"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(console.post(
                                ROOT, GRANTS + "/add", Map.of("to", "everyone", "repositories", "**", "role", "admin"))
                        .body())
                .contains("Everyone, strangers included, may have the role reader or writer");
    }

    @Test
    void whatComesFromElsewhereIsNotTakenAwayHere() throws Exception {
        for (String grant : new String[] {
            "to=everyone&repositories=library/**&role=reader", "to=alice&repositories=acme/**&role=writer"
        }) {
            assertThat(console.get(ROOT, GRANTS + "/remove?" + grant).statusCode())
                    .as(grant)
                    .isEqualTo(404);
        }
    }

    @Test
    void manyGrantsComeInPagesAndAreFoundByWhoHasThem() throws Exception {
        for (int i = 100; i < 330; i++) {
            console.grant("user" + i, "many/app" + i, Role.READER);
        }
        String next = GRANTS;
        int seen = 0;
        while (!next.isEmpty()) {
            String page = page(ROOT, next);
            seen += page.split("many/app\\d+</bdi>", -1).length - 1;
            Matcher link = NEXT.matcher(page);
            next = link.find() ? link.group(1).replace("&amp;", "&") : "";
        }
        assertThat(seen).isEqualTo(230);
        assertThat(page(ROOT, GRANTS + "?to=user123")).contains("many/app123").doesNotContain("many/app124");
        HttpResponse<String> wrong = console.get(ROOT, GRANTS + "?repositories=a/*-b");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("role=\"alert\"", "value=\"a/*-b\"");
    }

    @Test
    void whoMayDoWhatInARepositoryIsExplained() throws Exception {
        String explain = "/operations/explain";
        assertThat(page(CAROL, explain)).contains("Leave the second field empty");
        assertThat(page(CAROL, explain + "?repository=acme/app&caller="))
                .contains(">carol<", ">alice<", ">root<", "Only those below");
        assertThat(page(CAROL, explain + "?repository=acme/app&caller=alice"))
                .contains("<strong>pull, push</strong>", "writer", "acme/**");
        assertThat(page(CAROL, explain + "?repository=acme/app&caller=acme%2Bci"))
                .contains("<strong>pull, push, delete</strong>", "limited to the role maintainer");
        assertThat(page(ROOT, explain + "?repository=library/x&caller=")).contains(">public<");

        HttpResponse<String> refused = console.get(CAROL, explain + "?repository=other/app&caller=alice");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("the role admin in other/app", "value=\"other/app\"");
        assertThat(console.get(ROOT, explain + "?repository=No/Name").statusCode())
                .isEqualTo(400);
    }

    @Test
    void keysThatSignTokensAreRotatedAndRemoved() throws Exception {
        String keys = "/operations/signing-keys";
        String first = console.keys.get().get(0).id();
        assertThat(page(ROOT, keys)).contains(first, "signs");

        leadsTo(console.post(ROOT, keys + "/rotate", Map.of()), keys);
        assertThat(console.keys.get()).hasSize(2);
        assertThat(page(ROOT, keys)).contains("signs <time", ", and a newer one will");

        assertThat(page(ROOT, keys + "/remove?id=" + first)).contains(first, "Remove this key?");
        leadsTo(console.post(ROOT, keys + "/remove", Map.of("id", first)), keys);
        assertThat(console.keys.get()).noneMatch(key -> key.id().equals(first));
        assertThat(console.get(ROOT, keys + "/remove?id=" + first).statusCode()).isEqualTo(404);
    }
}

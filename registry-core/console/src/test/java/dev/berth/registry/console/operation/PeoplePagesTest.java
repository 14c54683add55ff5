package dev.berth.registry.console.operation;

import static dev.berth.registry.console.TestOperations.ALICE;
import static dev.berth.registry.console.TestOperations.BOB;
import static dev.berth.registry.console.TestOperations.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.console.TestOperations;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pages about people: their list, one of them, and what an administrator changes about them. */
class PeoplePagesTest {
    private static final String PEOPLE = "/operations/people";
    private static final Pattern NEXT = Pattern.compile("href=\"([^\"]+)\" rel=\"next\"");
    private static final Pattern PERSON = Pattern.compile("person\\?name=([^\"]+)\"");

    private final TestOperations console = TestOperations.start();

    PeoplePagesTest() throws IOException {}

    @AfterEach
    void end() {
        console.close();
    }

    private String page(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = console.get(ROOT, path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return response.body();
    }

    private HttpResponse<String> post(String page, Map<String, String> form) throws IOException, InterruptedException {
        return console.post(ROOT, PEOPLE + "/" + page, form);
    }

    private static void leadsTo(HttpResponse<String> response, String path) {
        assertThat(response.statusCode()).as("%s", response.body()).isEqualTo(303);
        assertThat(response.headers().firstValue("Location")).hasValue(path);
    }

    @Test
    void thePagesTogetherHaveAllPeople() throws Exception {
        List<String> all = new ArrayList<>(List.of("alice", "bob", "carol", "root"));
        for (int i = 100; i < 220; i++) {
            console.changes.addPerson("user" + i, "secret");
            all.add("user" + i);
        }
        List<String> seen = new ArrayList<>();
        String next = PEOPLE;
        int pages = 0;
        while (!next.isEmpty()) {
            String page = page(next);
            PERSON.matcher(page).results().forEach(found -> seen.add(found.group(1)));
            Matcher link = NEXT.matcher(page);
            next = link.find() ? link.group(1) : "";
            pages++;
        }
        assertThat(pages).isEqualTo(3);
        assertThat(seen).isEqualTo(all);
    }

    @Test
    void aPersonIsAddedAndMayLogIn() throws Exception {
        assertThat(page(PEOPLE + "/add")).contains("type=\"password\"");
        leadsTo(
                post("add", Map.of("name", "dave.smith", "password", " a password ")),
                PEOPLE + "/person?name=dave.smith");
        assertThat(console.accounts.authenticate("dave.smith", " a password ")).isPresent();
        assertThat(page(PEOPLE + "/person?name=dave.smith")).contains("dave.smith", "active");
    }

    @Test
    void whatIsWrongIsSaidBesideTheFormWithWhatWasTypedButThePassword() throws Exception {
        HttpResponse<String> refused = post("add", Map.of("name", "al:ice", "password", "very-secret"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains("role=\"alert\"", "value=\"al:ice\"")
                .doesNotContain("very-secret");
        HttpResponse<String> taken = post("add", Map.of("name", "alice", "password", "very-secret"));
        assertThat(taken.statusCode()).isBetween(400, 499);
        assertThat(taken.body()).contains("alice", "role=\"alert\"");
        assertThat(post("add", Map.of("name", "dave", "password", "x".repeat(73)))
                        .body())
                .contains("72 bytes");
    }

    @Test
    void aPersonIsShownWithGroupsRightsTokensAndSessions() throws Exception {
        console.cookie(ALICE);
        assertThat(page(PEOPLE + "/person?name=alice"))
                .contains("team:acme/dev", "membership in the organisation", "library/**", "laptop", "Revoke", "End");
        assertThat(page(PEOPLE + "/person?name=nobody")).contains("nobody is known by this name");
        assertThat(page(PEOPLE + "/person?name=root")).contains("the registry");
    }

    @Test
    void whoIsDisabledIsEnabledAgain() throws Exception {
        assertThat(page(PEOPLE + "/disable?name=alice")).contains("Disable <bdi dir=\"auto\">alice</bdi>?");
        assertThat(console.accounts.person(ALICE).orElseThrow().disabled()).isFalse();

        leadsTo(post("disable", Map.of("name", ALICE)), PEOPLE + "/person?name=alice");
        assertThat(console.accounts.person(ALICE).orElseThrow().disabled()).isTrue();
        assertThat(page(PEOPLE + "/person?name=alice")).contains("disabled", "<button type=\"submit\">Enable</button>");

        leadsTo(post("enable", Map.of("name", ALICE)), PEOPLE + "/person?name=alice");
        assertThat(console.accounts.person(ALICE).orElseThrow().disabled()).isFalse();
    }

    @Test
    void theLastAdministratorStays() throws Exception {
        for (String page : List.of("disable", "remove")) {
            HttpResponse<String> refused = post(page, Map.of("name", ROOT));
            assertThat(refused.statusCode()).as(page).isEqualTo(412);
            assertThat(refused.body()).contains("Nobody would administer the registry any more", "role=\"alert\"");
        }
        assertThat(console.accounts.person(ROOT).orElseThrow().disabled()).isFalse();
    }

    @Test
    void aPasswordIsSetAndTheOwnOneTakesTheOldOne() throws Exception {
        leadsTo(post("password", Map.of("name", BOB, "password", "another")), PEOPLE + "/person?name=bob");
        assertThat(console.accounts.authenticate(BOB, "another")).isPresent();

        assertThat(page(PEOPLE + "/password?name=root")).contains("Your old password");
        HttpResponse<String> refused =
                post("password", Map.of("name", ROOT, "password", "another", "oldPassword", "wrong"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("The old password is wrong").doesNotContain("another\"");
        leadsTo(
                post("password", Map.of("name", ROOT, "password", "another", "oldPassword", "rootroot")),
                PEOPLE + "/person?name=root");
        assertThat(console.accounts.authenticate(ROOT, "another")).isPresent();
    }

    @Test
    void aPersonIsRemovedAfterAQuestion() throws Exception {
        assertThat(page(PEOPLE + "/remove?name=bob")).contains("Remove <bdi dir=\"auto\">bob</bdi>?", "Cancel");
        assertThat(console.accounts.person(BOB)).isPresent();
        leadsTo(post("remove", Map.of("name", BOB)), PEOPLE);
        assertThat(console.accounts.person(BOB)).isEmpty();
        assertThat(console.get(ROOT, PEOPLE + "/remove?name=bob").statusCode()).isEqualTo(404);
    }

    @Test
    void aPersonalTokenIsRevokedAfterAQuestion() throws Exception {
        String id = console.accounts.personalTokens(ALICE).get(0).id();
        assertThat(page(PEOPLE + "/revoke?owner=alice&id=" + id)).contains("laptop");
        assertThat(console.accounts.personalTokens(ALICE)).hasSize(1);
        leadsTo(post("revoke", Map.of("owner", ALICE, "id", id)), PEOPLE + "/person?name=alice");
        assertThat(console.accounts.personalTokens(ALICE)).isEmpty();
        assertThat(console.get(ROOT, PEOPLE + "/revoke?owner=alice&id=" + id).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aSessionIsEndedAfterAQuestion() throws Exception {
        console.cookie(ALICE);
        String id = console.api(ROOT, "access/sessions?owner=alice")
                .path("sessions")
                .path(0)
                .path("id")
                .asText();
        assertThat(page(PEOPLE + "/end?owner=alice&id=" + id)).contains("End a session of");
        assertThat(console.api(ALICE, "access/whoami").path("name").asText()).isEqualTo(ALICE);

        leadsTo(post("end", Map.of("owner", ALICE, "id", id)), PEOPLE + "/person?name=alice");

        assertThat(console.api(ALICE, "access/whoami").has("errors")).isTrue();
    }

    @Test
    void allSessionsButTheOwnOneAreEnded() throws Exception {
        console.cookie(ALICE);
        assertThat(page(PEOPLE + "/end-all?owner=alice")).contains("End all sessions of");
        leadsTo(post("end-all", Map.of("owner", ALICE)), PEOPLE + "/person?name=alice");
        assertThat(console.api(ALICE, "access/whoami").has("errors")).isTrue();
        leadsTo(post("end-all", Map.of("owner", ROOT)), PEOPLE + "/person?name=root");
        assertThat(console.api(ROOT, "access/whoami").path("name").asText()).isEqualTo(ROOT);
    }

    @Test
    void whoseAccountIsElsewhereIsNotChangedHere() throws Exception {
        assertThat(page(PEOPLE + "/person?name=nobody")).doesNotContain("Set the password", "Remove</a>");
        for (String page : List.of("password", "remove", "disable")) {
            assertThat(console.get(ROOT, PEOPLE + "/" + page + "?name=nobody").statusCode())
                    .isEqualTo(404);
        }
    }
}

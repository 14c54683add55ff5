package dev.berth.registry.console.operation;

import static dev.berth.registry.console.TestOperations.CAROL;
import static dev.berth.registry.console.TestOperations.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Role;
import dev.berth.registry.console.TestOperations;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pages about organisations and teams, for administrators of the registry and of one organisation. */
class OrganisationAndTeamPagesTest {
    private static final String ORGANISATIONS = "/operations/organisations";
    private static final String TEAMS = "/operations/teams";

    private final TestOperations console = TestOperations.start();

    OrganisationAndTeamPagesTest() throws IOException {}

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

    @Test
    void administratorsOfAnOrganisationSeeTheirsAndNoOther() throws Exception {
        assertThat(page(ROOT, ORGANISATIONS)).contains(">acme<", ">other<", "Add an organisation");
        assertThat(page(CAROL, ORGANISATIONS)).contains(">acme<").doesNotContain(">other<", "Add an organisation");
        assertThat(page(ROOT, TEAMS)).contains("acme/dev", ">ops<");
        assertThat(page(CAROL, TEAMS)).contains("acme/dev").doesNotContain(">ops<");
    }

    @Test
    void anOrganisationIsAddedAndRemoved() throws Exception {
        leadsTo(
                console.post(ROOT, ORGANISATIONS + "/add", Map.of("name", "fresh")),
                ORGANISATIONS + "/organisation?name=fresh");
        assertThat(console.accounts.organisation("fresh")).isPresent();
        HttpResponse<String> refused = console.post(ROOT, ORGANISATIONS + "/add", Map.of("name", "No/Name"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("value=\"No/Name\"", "role=\"alert\"");

        assertThat(page(ROOT, ORGANISATIONS + "/remove?name=fresh")).contains("Its repositories stay");
        leadsTo(console.post(ROOT, ORGANISATIONS + "/remove", Map.of("name", "fresh")), ORGANISATIONS);
        assertThat(console.accounts.organisation("fresh")).isEmpty();
    }

    @Test
    void membersHaveRolesThatTheAdministratorGives() throws Exception {
        leadsTo(
                console.post(
                        CAROL,
                        ORGANISATIONS + "/organisation",
                        Map.of("name", "acme", "member", "bob", "role", "maintainer")),
                ORGANISATIONS + "/organisation?name=acme");
        assertThat(console.accounts.organisation("acme").orElseThrow().members())
                .containsEntry(Grantee.user("bob"), Role.MAINTAINER);
        assertThat(page(CAROL, ORGANISATIONS + "/organisation?name=acme")).contains(">bob<", "maintainer", "alice");

        HttpResponse<String> refused = console.post(
                CAROL,
                ORGANISATIONS + "/organisation",
                Map.of("name", "acme", "member", "team:", "role", "maintainer"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains("value=\"team:\"", "role=\"alert\"", "<option value=\"maintainer\" selected=\"\">");

        assertThat(page(CAROL, ORGANISATIONS + "/remove-member?organisation=acme&member=bob"))
                .contains("bob", "acme");
        leadsTo(
                console.post(CAROL, ORGANISATIONS + "/remove-member", Map.of("organisation", "acme", "member", "bob")),
                ORGANISATIONS + "/organisation?name=acme");
        assertThat(console.accounts.organisation("acme").orElseThrow().members())
                .doesNotContainKey(Grantee.user("bob"));
        assertThat(console.get(CAROL, ORGANISATIONS + "/remove-member?organisation=acme&member=bob")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aTeamIsAddedFilledAndRemoved() throws Exception {
        assertThat(page(CAROL, TEAMS + "/add")).contains("value=\"acme/\"");
        leadsTo(console.post(CAROL, TEAMS + "/add", Map.of("name", "acme/qa")), TEAMS + "/team?name=acme%2Fqa");
        leadsTo(
                console.post(CAROL, TEAMS + "/team", Map.of("name", "acme/qa", "member", "ldap:testers")),
                TEAMS + "/team?name=acme%2Fqa");
        assertThat(console.accounts.teams().get("acme/qa")).containsExactly(Grantee.group("ldap:testers"));
        assertThat(page(CAROL, TEAMS + "/team?name=acme/qa")).contains("ldap:testers");

        leadsTo(
                console.post(CAROL, TEAMS + "/remove-member", Map.of("team", "acme/qa", "member", "ldap:testers")),
                TEAMS + "/team?name=acme%2Fqa");
        assertThat(console.accounts.teams().get("acme/qa")).isEmpty();

        assertThat(page(CAROL, TEAMS + "/remove?name=acme/qa")).contains("Remove the team");
        leadsTo(console.post(CAROL, TEAMS + "/remove", Map.of("name", "acme/qa")), TEAMS);
        assertThat(console.accounts.teams()).doesNotContainKey("acme/qa");
    }

    @Test
    void aTeamOfOthersIsNotMade() throws Exception {
        HttpResponse<String> refused = console.post(CAROL, TEAMS + "/add", Map.of("name", "other/qa"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("value=\"other/qa\"", "You may not do this");
        assertThat(console.accounts.teams()).doesNotContainKey("other/qa");
    }
}

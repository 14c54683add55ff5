package dev.berth.registry.account.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import org.junit.jupiter.api.Test;

/** Who may what, and by which grant. */
class ExplanationTest {
    private static final String ROOT = ManagedRegistry.as("root");

    private final ManagedRegistry registry =
            new ManagedRegistry(Grants.of(new Grant(Grantee.everyone(), NamePattern.parse("library/**"), Role.READER)));

    private JsonNode explain(String caller, String repository) {
        ManagedRegistry.Reply reply = registry.get(ROOT, "explain?caller=" + caller + "&repository=" + repository);
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return reply.content();
    }

    @Test
    void aRightComesFromAGrantAndATeam() {
        registry.changes.grant(new Grant(Grantee.group("acme/dev"), NamePattern.parse("dev/**"), Role.MAINTAINER));
        assertThat(explain("alice", "dev/app"))
                .hasToString("{\"caller\":\"alice\",\"known\":true,\"repository\":\"dev/app\","
                        + "\"may\":[\"pull\",\"push\",\"delete\"],\"grants\":[{\"to\":\"team:acme/dev\","
                        + "\"repositories\":\"dev/**\",\"role\":\"maintainer\",\"source\":\"store\","
                        + "\"memberAs\":[\"alice\"]}]}");
    }

    @Test
    void everyoneIsWhoeverHasNotLoggedIn() {
        assertThat(explain("everyone", "library/alpine"))
                .hasToString("{\"caller\":\"everyone\",\"known\":true,\"repository\":\"library/alpine\","
                        + "\"may\":[\"pull\"],\"grants\":[{\"to\":\"everyone\",\"repositories\":\"library/**\","
                        + "\"role\":\"reader\",\"source\":\"configuration\"}]}");
        assertThat(explain("anonymous", "acme/app").path("may")).isEmpty();
    }

    @Test
    void aRobotIsLimited() {
        JsonNode robot = explain("acme+ci", "acme/app");
        assertThat(robot.path("known").asBoolean()).isTrue();
        assertThat(robot.path("may").toString()).isEqualTo("[\"pull\",\"push\",\"delete\"]");
        assertThat(robot.path("grants").path(0).path("to").asText()).isEqualTo("organisation:acme");
        assertThat(robot.path("grants").path(0).path("source").asText()).isEqualTo("organisation");
        assertThat(robot.path("limit")).hasToString("{\"repositories\":[\"acme/**\"],\"role\":\"maintainer\"}");
        assertThat(explain("acme+ci", "library/x").path("may")).isEmpty();

        JsonNode ofAlice = explain("alice+cron", "acme/app");
        assertThat(ofAlice.path("may").toString()).isEqualTo("[\"pull\"]");
        assertThat(ofAlice.path("limit").path("role").asText()).isEqualTo("reader");
    }

    @Test
    void aNameWithoutAnAccountSaysSo() {
        assertThat(explain("nobody", "acme/app").path("known").asBoolean()).isFalse();
        assertThat(registry.get(ROOT, "explain?caller=token:x&repository=acme/app")
                        .status())
                .isEqualTo(400);
        assertThat(explain("acme+nobody", "acme/app").path("may")).isEmpty();
    }

    @Test
    void whoAmISaysWhatIAdminister() {
        assertThat(registry.get(ManagedRegistry.as("carol"), "whoami").content())
                .hasToString("{\"name\":\"carol\",\"groups\":[],\"administrator\":false,\"hasPassword\":true,"
                        + "\"administers\":[\"acme/**\"],\"grants\":["
                        + "{\"to\":\"carol\",\"repositories\":\"acme/**\",\"role\":\"admin\",\"source\":\"organisation\"},"
                        + "{\"to\":\"everyone\",\"repositories\":\"library/**\",\"role\":\"reader\","
                        + "\"source\":\"configuration\"}]}");
        assertThat(registry.get(ManagedRegistry.as("alice"), "whoami").content())
                .asString()
                .startsWith("{\"name\":\"alice\",\"groups\":[\"team:acme/dev\"],\"administrator\":false,"
                        + "\"hasPassword\":true,\"administers\":[],\"grants\":[");
        assertThat(registry.get(ROOT, "whoami").content().path("administrator").asBoolean())
                .isTrue();
    }
}

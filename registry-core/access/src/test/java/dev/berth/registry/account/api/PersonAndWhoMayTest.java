package dev.berth.registry.account.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import org.junit.jupiter.api.Test;

/** What is known of one person, and who may do something in one repository. */
class PersonAndWhoMayTest {
    private static final String ROOT = ManagedRegistry.as("root");
    private static final String CAROL = ManagedRegistry.as("carol");

    private final ManagedRegistry registry =
            new ManagedRegistry(Grants.of(new Grant(Grantee.everyone(), NamePattern.parse("acme/web"), Role.READER)));

    private JsonNode person(String name) {
        ManagedRegistry.Reply reply = registry.get(ROOT, "person?name=" + name);
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return reply.content();
    }

    @Test
    void aPersonHasStateGroupsAndGrants() {
        registry.changes.grant(new Grant(Grantee.group("acme/dev"), NamePattern.parse("dev/**"), Role.MAINTAINER));
        JsonNode alice = person("alice");
        assertThat(alice.path("stored").asBoolean()).isTrue();
        assertThat(alice.path("known").asBoolean()).isTrue();
        assertThat(alice.path("disabled").asBoolean(true)).isFalse();
        assertThat(alice.path("created").asText()).endsWith("Z");
        assertThat(alice.path("administrator").asBoolean(true)).isFalse();
        assertThat(alice.path("groups")).hasToString("[\"team:acme/dev\"]");
        assertThat(alice.path("grants"))
                .extracting(grant ->
                        grant.path("to").asText() + " " + grant.path("role").asText() + " "
                                + grant.path("repositories").asText() + " "
                                + grant.path("source").asText())
                .containsExactly(
                        "alice writer acme/** organisation",
                        "everyone reader acme/web configuration",
                        "team:acme/dev maintainer dev/** store");
        assertThat(person("root").path("administrator").asBoolean()).isTrue();
    }

    @Test
    void aDisabledPersonKeepsGroupsAndGrants() {
        registry.changes.setDisabled("alice", true);
        JsonNode alice = person("alice");
        assertThat(alice.path("disabled").asBoolean()).isTrue();
        assertThat(alice.path("groups")).hasToString("[\"team:acme/dev\"]");
    }

    @Test
    void aNameThatOnlyGrantsStateIsNotKnown() {
        registry.grant("dave", "acme/app", Role.READER);
        JsonNode dave = person("dave");
        assertThat(dave.path("stored").asBoolean()).isFalse();
        assertThat(dave.path("known").asBoolean()).isFalse();
        assertThat(dave.has("created")).isFalse();
        assertThat(dave.path("grants").findValuesAsText("to")).contains("dave");
    }

    @Test
    void aSubjectOfAnotherKindIsNoPerson() {
        assertThat(registry.get(ROOT, "person?name=robot:acme%2Bci").status()).isEqualTo(400);
    }

    @Test
    void whoeverAdministersARepositorySeesWhoMayWhatInItAndWhy() {
        registry.changes.grant(new Grant(Grantee.group("acme/dev"), NamePattern.parse("acme/web"), Role.MAINTAINER));
        registry.grant("bob", "acme/other", Role.READER);
        JsonNode content = registry.get(CAROL, "who-may?repository=acme/web").content();
        assertThat(content.path("public").asBoolean()).isTrue();
        assertThat(content.path("grants"))
                .extracting(grant ->
                        grant.path("to").asText() + " " + grant.path("role").asText() + " "
                                + grant.path("repositories").asText() + " "
                                + grant.path("source").asText())
                .containsExactly(
                        "root admin ** store",
                        "carol admin acme/** organisation",
                        "team:acme/dev maintainer acme/web store",
                        "alice writer acme/** organisation",
                        "everyone reader acme/web configuration");
        assertThat(content.path("grants").path(2).path("members")).hasToString("[\"alice\"]");
        assertThat(content.path("grants").path(1).has("members")).isFalse();
    }

    @Test
    void aRepositoryOfNobodyIsNotPublic() {
        JsonNode content = registry.get(ROOT, "who-may?repository=other/app").content();
        assertThat(content.path("public").asBoolean(true)).isFalse();
        assertThat(content.path("grants").findValuesAsText("to")).containsExactly("root");
    }
}

package dev.berth.registry.account.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Organisations, teams and grants come in pages for whoever states a limit, and whole otherwise. */
class PagedListsTest {
    private static final String ROOT = ManagedRegistry.as("root");
    private static final String CAROL = ManagedRegistry.as("carol");

    private final ManagedRegistry registry =
            new ManagedRegistry(Grants.of(new Grant(Grantee.everyone(), NamePattern.parse("library/**"), Role.READER)));

    private List<JsonNode> pages(String authorization, String list, int limit) {
        List<JsonNode> elements = new ArrayList<>();
        String after = "";
        do {
            ManagedRegistry.Reply page = registry.get(
                    authorization,
                    list + "?limit=" + limit + "&after="
                            + URLEncoder.encode(after, StandardCharsets.UTF_8).replace("+", "%20"));
            assertThat(page.status()).as("%s", page).isEqualTo(200);
            assertThat(page.content().path(list)).hasSizeBetween(1, limit);
            page.content().path(list).forEach(elements::add);
            after = page.content().path("next").asText();
        } while (!after.isEmpty());
        return elements;
    }

    private List<JsonNode> whole(String authorization, String list) {
        JsonNode content = registry.get(authorization, list).content();
        assertThat(content.has("next")).isFalse();
        List<JsonNode> elements = new ArrayList<>();
        content.path(list).forEach(elements::add);
        return elements;
    }

    @ParameterizedTest
    @ValueSource(strings = {"organisations", "teams", "grants"})
    void thePagesTogetherAreTheWholeList(String list) {
        for (int i = 0; i < 7; i++) {
            registry.changes.addOrganisation("org" + i);
            registry.changes.addTeam("team" + i);
            registry.grant("user" + i, "org" + (i / 2) + "/**", Role.READER);
        }
        for (int limit = 1; limit < 20; limit++) {
            assertThat(pages(ROOT, list, limit)).isEqualTo(whole(ROOT, list)).hasSizeGreaterThan(7);
        }
    }

    @Test
    void aPageHasOnlyWhatTheCallerMaySee() {
        registry.grant("bob", "acme/app", Role.READER);
        registry.grant("bob", "aaa/app", Role.READER);
        assertThat(pages(CAROL, "organisations", 1))
                .extracting(JsonNode::toString)
                .singleElement()
                .asString()
                .contains("\"acme\"");
        assertThat(pages(CAROL, "grants", 1))
                .extracting(grant -> grant.path("repositories").asText())
                .containsExactly("acme/**", "acme/**", "acme/app");
    }

    @Test
    void grantsAreInTheOrderOfTheirRepositoriesWhateverTheyComeFrom() {
        assertThat(whole(ROOT, "grants"))
                .extracting(grant -> grant.path("repositories").asText() + " "
                        + grant.path("to").asText() + " " + grant.path("source").asText())
                .containsExactly(
                        "** root store",
                        "acme/** alice organisation",
                        "acme/** carol organisation",
                        "library/** everyone configuration");
    }

    @Test
    void grantsAreFoundByWhoHasThemAndWhere() {
        registry.grant("bob", "acme/app", Role.READER);
        registry.grant("alice", "acme/app", Role.WRITER);
        assertThat(registry.get(ROOT, "grants?to=alice").content().findValuesAsText("repositories"))
                .containsExactly("acme/**", "acme/app");
        assertThat(registry.get(CAROL, "grants?repositories=acme/app").content().findValuesAsText("to"))
                .containsExactly("alice", "bob");
        assertThat(registry.get(CAROL, "grants?to=root").content().path("grants"))
                .isEmpty();
    }

    @Test
    void oneOrganisationAndOneTeamAreToldAsInTheirLists() {
        assertThat(registry.get(CAROL, "organisation?name=acme").content())
                .isEqualTo(whole(CAROL, "organisations").get(0));
        assertThat(registry.get(CAROL, "team?name=acme/dev").content())
                .isEqualTo(whole(CAROL, "teams").get(0));
        assertThat(registry.get(ROOT, "organisation?name=nobody").status()).isEqualTo(404);
        assertThat(registry.get(ROOT, "team?name=nobody").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "x"})
    void aLimitIsANumberWithinReason(String limit) {
        assertThat(registry.get(ROOT, "grants?limit=" + limit).status()).isEqualTo(400);
    }
}

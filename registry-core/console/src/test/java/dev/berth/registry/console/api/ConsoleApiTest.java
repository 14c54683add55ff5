package dev.berth.registry.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.console.TestConsole;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The JSON API tells what the pages show")
class ConsoleApiTest {
    private final TestConsole console = TestConsole.of((caller, action, repository) ->
            !caller.isAnonymous() || !repository.value().startsWith("secret/"));

    ConsoleApiTest() throws IOException {
        for (String name : List.of("team/app", "team/web", "secret/plan")) {
            for (String tag : List.of("1.9", "1.10", "latest")) {
                console.push(
                        name,
                        tag,
                        Map.of("org.opencontainers.image.description", "The " + name),
                        Map.of(),
                        List.of("step " + tag),
                        2_000);
            }
        }
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void repositoriesArePaged() throws Exception {
        JsonNode first = json("/api/v1/repositories?limit=1");
        assertThat(first.at("/repositories/0/name").asText()).isEqualTo("team/app");
        assertThat(first.at("/repositories/0/tags").asInt()).isEqualTo(3);
        assertThat(first.at("/next").asText()).isEqualTo("team/app");

        JsonNode second = json("/api/v1/repositories?limit=1&after=team/app");
        assertThat(second.at("/repositories/0/name").asText()).isEqualTo("team/web");
        assertThat(second.has("next")).isFalse();
    }

    @Test
    void repositoriesAreFound() throws Exception {
        JsonNode found = json("/api/v1/repositories?q=web");
        assertThat(found.at("/total").asInt()).isEqualTo(1);
        assertThat(found.at("/repositories/0/description").asText()).isEqualTo("The team/web");
        assertThat(json("/api/v1/repositories?q=plan").at("/total").asInt()).isZero();
    }

    @Test
    void tagsHaveWhatIsKnownOfTheirImages() throws Exception {
        JsonNode tags = json("/api/v1/tags/team/app?order=version");
        assertThat(tags.at("/total").asInt()).isEqualTo(3);
        assertThat(tags.findValuesAsText("tag")).containsExactly("1.10", "1.9", "latest");
        JsonNode tag = tags.at("/tags/0");
        assertThat(tag.path("digest").asText()).startsWith("sha256:");
        assertThat(tag.path("size").asLong()).isGreaterThan(2_000);
        assertThat(tag.at("/platforms/0").asText()).isEqualTo("linux/amd64");
        assertThat(tag.path("created").asText()).isEqualTo("2026-11-01T10:00:00Z");
    }

    @Test
    void whatIsHiddenLooksLikeWhatIsNotThere() throws Exception {
        var hidden = console.get("/api/v1/tags/secret/plan");
        var nothing = console.get("/api/v1/tags/secret/nothing");
        var none = console.get("/api/v1/tags/UPPER");

        assertThat(hidden.statusCode()).isEqualTo(404);
        assertThat(List.of(nothing.body(), none.body())).containsOnly(hidden.body());
    }

    @Test
    void badParametersAreNamed() throws Exception {
        for (Map.Entry<String, String> bad : Map.of(
                        "/api/v1/repositories?limit=0", "'limit'",
                        "/api/v1/repositories?limit=x", "'limit'",
                        "/api/v1/repositories?after=UPPER", "'after'",
                        "/api/v1/tags/team/app?order=size", "'order'",
                        "/api/v1/tags/team/app?page=-1", "'page'")
                .entrySet()) {
            var response = console.get(bad.getKey());
            assertThat(response.statusCode()).as(bad.getKey()).isEqualTo(400);
            assertThat(response.body()).contains(bad.getValue());
        }
    }

    @Test
    void theDescriptionKnowsEveryMemberOfEveryAnswer() throws Exception {
        JsonNode description = json("/api/v1/openapi.json");
        requireDescribed(description, "Repositories", json("/api/v1/repositories?limit=1"));
        requireDescribed(description, "Repositories", json("/api/v1/repositories?q=app"));
        requireDescribed(description, "Repository", json("/api/v1/repositories").at("/repositories/0"));
        requireDescribed(description, "Tags", json("/api/v1/tags/team/app"));
        requireDescribed(description, "Tag", json("/api/v1/tags/team/app").at("/tags/0"));
    }

    private static void requireDescribed(JsonNode description, String schema, JsonNode answer) {
        JsonNode described = description.at("/components/schemas/" + schema);
        List<String> known = new ArrayList<>();
        described.path("properties").fieldNames().forEachRemaining(known::add);
        List<String> required = new ArrayList<>();
        described.path("required").forEach(name -> required.add(name.asText()));
        List<String> members = new ArrayList<>();
        answer.fieldNames().forEachRemaining(members::add);
        assertThat(known).isNotEmpty().containsAll(members);
        assertThat(members).containsAll(required);
    }

    private JsonNode json(String path) throws Exception {
        var response = console.get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }
}

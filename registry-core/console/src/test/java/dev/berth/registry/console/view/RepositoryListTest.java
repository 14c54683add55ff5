package dev.berth.registry.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.Manifest;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.console.TestConsole;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Repositories are listed by name, by push and by pulls")
class RepositoryListTest {
    private static final Pattern LISTED = Pattern.compile("<h2><a href=\"/repository/([^\"]+)\"");

    private final Instant now = Instant.now();
    private final TestConsole console;

    RepositoryListTest() throws IOException {
        this.console = TestConsole.of(
                (caller, action, repository) ->
                        !caller.isAnonymous() || !repository.value().startsWith("secret/"),
                pages -> pages.official(List.of(NamePattern.parse("library/**"), NamePattern.parse("team/base"))));
    }

    @AfterEach
    void close() {
        console.close();
    }

    private Manifest push(String name) {
        return console.push(name, "1", "x");
    }

    private void pulled(String name, Manifest image, int times) {
        console.pulled(name, image, "1", times, now.minus(Duration.ofHours(5)));
    }

    private List<String> listed(String path) throws Exception {
        return LISTED.matcher(console.get(path).body())
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** Times of pushes are known to the millisecond. */
    private static void untilItIsLater() {
        long start = System.currentTimeMillis();
        while (System.currentTimeMillis() < start + 2) {
            Thread.onSpinWait();
        }
    }

    private JsonNode json(String path) throws Exception {
        return new ObjectMapper().readTree(console.get(path).body());
    }

    @Test
    void theOneThatIsPulledMostComesFirst() throws Exception {
        for (String name : List.of("a", "b", "c", "d")) {
            push(name);
        }
        pulled("c", push("c"), 30);
        pulled("b", push("b"), 4);
        pulled("d", push("d"), 4);

        assertThat(listed("/?sort=pulls")).containsExactly("c", "b", "d", "a");
        assertThat(listed("/")).containsExactly("a", "b", "c", "d");
        assertThat(listed("/?sort=nonsense")).containsExactly("a", "b", "c", "d");
        assertThat(console.get("/?sort=pulls").body())
                .contains("30 pulls, the last one <time", "aria-current=\"true\">Pulled most</a>");
        assertThat(json("/api/v1/repositories?sort=pulls").findValuesAsText("name")).containsExactly("c", "b", "d", "a");
    }

    @Test
    void theOneThatWasPushedToLastComesFirst() throws Exception {
        for (String name : List.of("b", "c", "a")) {
            push(name);
            untilItIsLater();
        }
        assertThat(listed("/?sort=pushed")).containsExactly("a", "c", "b");
        console.push("b", "2", "y");
        assertThat(listed("/?sort=pushed")).containsExactly("b", "a", "c");
    }

    @Test
    void pagesAreOfWhatTheCallerMaySeeAndNoneIsTwiceOrMissing() throws Exception {
        for (int i = 0; i < 130; i++) {
            String name = (i % 3 == 0 ? "secret/" : "open/") + "app" + (1_000 + i);
            pulled(name, push(name), 1 + i % 7);
        }
        List<String> all = new ArrayList<>();
        for (int page = 1; page <= 2; page++) {
            List<String> names = listed("/?sort=pulls&page=" + page);
            all.addAll(names);
            String body = console.get("/?sort=pulls&page=" + page).body();
            assertThat(body.contains("Next page")).as("page %s", page).isEqualTo(page == 1);
            assertThat(body).contains(page == 2 ? "/?sort=pulls&amp;page=1" : "/?sort=pulls&amp;page=2");
        }
        assertThat(all).hasSize(86).doesNotHaveDuplicates().allMatch(name -> name.startsWith("open/"));
        List<Integer> counts = new ArrayList<>();
        all.forEach(name -> counts.add(1 + (Integer.parseInt(name.substring("open/app".length())) - 1_000) % 7));
        assertThat(counts).isSortedAccordingTo((one, other) -> other - one);
        assertThat(console.get("/?sort=pulls&page=3").body()).contains("There are no more repositories.");

        List<String> asJson = new ArrayList<>();
        for (int page = 1; ; page++) {
            JsonNode answer = json("/api/v1/repositories?sort=pulls&limit=20&page=" + page);
            asJson.addAll(answer.findValuesAsText("name"));
            if (!answer.path("more").asBoolean()) {
                break;
            }
        }
        assertThat(asJson).isEqualTo(all);
    }

    @Test
    void badgesSayWhoMayPullAndWhoTakesCareOfIt() throws Exception {
        push("library/nginx");
        push("team/base");
        push("team/base2");

        assertThat(console.get("/").body().replaceAll("<[^>]*>", " ").replaceAll(" +", " "))
                .contains("library/nginx Official Public", "team/base Official Public", "team/base2 Public");
        JsonNode first = json("/api/v1/repositories").at("/repositories/0");
        assertThat(first.path("official").asBoolean()).isTrue();
        assertThat(first.path("public").asBoolean()).isTrue();
        assertThat(json("/v1/search?q=base").path("results").findValuesAsText("is_official"))
                .containsExactly("true", "false");
    }

    @Test
    void ofWhatFitsEquallyTheOfficialComesFirstThenWhatIsPulledMore() throws Exception {
        push("a/nginx");
        pulled("b/nginx", push("b/nginx"), 9);
        push("library/nginx");
        push("nginx");

        List<String> names = Pattern.compile("\"name\":\"([^\"]+)\"")
                .matcher(console.get("/v1/search?q=nginx").body())
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        assertThat(names).containsExactly("nginx", "library/nginx", "b/nginx", "a/nginx");
        assertThat(json("/v1/search?q=nginx").findValuesAsText("star_count")).containsOnly("0");
    }

    @Test
    void badParametersAreNamed() throws Exception {
        for (String path : List.of("sort=size", "sort=pulls&page=0", "sort=pulls&page=101", "sort=pulls&limit=1000&page=11")) {
            assertThat(console.get("/api/v1/repositories?" + path).statusCode()).as(path).isEqualTo(400);
        }
    }
}

package dev.berth.registry.console.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.Manifest;
import dev.berth.registry.console.HostileTexts;
import dev.berth.registry.console.TestConsole;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Pages show what is pulled, and what the storage has grown to")
class StatisticsPagesTest {
    private final Instant now = Instant.now();

    private static TestConsole withASecret() throws Exception {
        return TestConsole.of((caller, action, repository) ->
                !caller.isAnonymous() || !repository.value().startsWith("secret/"));
    }

    @Test
    void aRepositoryShowsItsPullsByDayAndByTag() throws Exception {
        try (TestConsole console = TestConsole.open()) {
            Manifest image = console.push("team/app", "1.0", "x");
            console.push("team/app", "2.0", "y");
            console.pulled("team/app", image, "1.0", 1_200, now.minus(Duration.ofDays(3)));
            console.pulled("team/app", image, "1.0", 34, now.minus(Duration.ofHours(1)));
            console.pulled("team/app", image, "2.0", 5, now.minus(Duration.ofDays(40)));

            String page = console.get("/repository/team/app").body();

            assertThat(page)
                    .contains("1\u202f239 pulls, 1\u202f234 of them in the last 30 days; the last one ")
                    .contains("<h2>Pulls</h2>", "role=\"img\"", "aria-labelledby=\"pulls-title pulls-desc\"")
                    .contains("Pulls of team/app by day", "the highest number is 1\u202f200")
                    .contains("<summary>Numbers</summary>", "data-title=\"Last pull\"><time")
                    .contains(day(3) + "</th><td>1\u202f200</td>", day(4) + "</th><td>0</td>")
                    .doesNotContain(day(40) + "</th>");
        }
    }

    private LocalDate day(int before) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(before);
    }

    @Test
    void withoutPullsItSaysSo() throws Exception {
        try (TestConsole console = TestConsole.ofAdministrators()) {
            console.push("app", "1", "x");

            assertThat(console.get("/repository/app").body()).contains("Nobody has pulled from here");
            assertThat(console.get("/statistics").body())
                    .contains("Nothing that you may see was pulled in the last 30 days")
                    .contains("Nothing was written down yet");
        }
    }

    @Test
    void theStatisticsAreOfWhatTheCallerMaySee() throws Exception {
        try (TestConsole console = withASecret()) {
            Manifest image = console.push("team/app", "1", "x");
            console.push("team/web", "1", "y");
            console.push("secret/plan", "1", "z");
            console.pulled("team/app", image, "1", 3, now);
            console.pulled("team/web", image, "1", 40, now.minus(Duration.ofDays(2)));
            console.pulled("secret/plan", image, "1", 5_000, now);

            String page = console.get("/statistics").body();

            assertThat(page)
                    .contains("43 pulls in the last 30 days, from 2 repositories.")
                    .containsSubsequence(">team/web</a>", ">team/app</a>")
                    .doesNotContain("secret", "5\u202f0", "Storage");
            JsonNode answer = json(console, "/api/v1/statistics/pulls");
            assertThat(answer.findValuesAsText("name")).containsExactly("team/web", "team/app");
            assertThat(answer.at("/days/0/pulls").asInt()).isEqualTo(40);
            assertThat(answer.at("/repositories").asInt()).isEqualTo(2);
            assertThat(console.get("/api/v1/statistics/storage").statusCode()).isEqualTo(404);
            var hidden = console.get("/api/v1/statistics/repositories/secret/plan");
            var nothing = console.get("/api/v1/statistics/repositories/secret/nothing");
            assertThat(hidden.statusCode()).isEqualTo(404);
            assertThat(hidden.body()).isEqualTo(nothing.body());
        }
    }

    @Test
    void theSameIsToldAsJson() throws Exception {
        try (TestConsole console = TestConsole.ofAdministrators()) {
            Manifest image = console.push("team/app", "1.0", "x");
            console.pulled("team/app", image, "1.0", 7, now.minus(Duration.ofDays(1)));
            console.lists().measureStorage(() -> OptionalLong.of(123_456));

            JsonNode repository = json(console, "/api/v1/statistics/repositories/team/app");
            assertThat(repository.path("pulls").asInt()).isEqualTo(7);
            assertThat(repository.at("/days/0/day").asText()).isEqualTo(day(1).toString());
            assertThat(repository.at("/tags/0/tag").asText()).isEqualTo("1.0");
            assertThat(repository.at("/tags/0/days/0/pulls").asInt()).isEqualTo(7);
            JsonNode tag = json(console, "/api/v1/tags/team/app").at("/tags/0");
            assertThat(tag.path("pulls").asInt()).isEqualTo(7);
            assertThat(Instant.parse(tag.path("pulled").asText()))
                    .isBetween(now.minus(Duration.ofDays(1)).minusSeconds(1), now.minus(Duration.ofDays(1)));
            JsonNode listed = json(console, "/api/v1/repositories").at("/repositories/0");
            assertThat(listed.path("pulls").asInt()).isEqualTo(7);
            assertThat(listed.path("public").asBoolean()).isTrue();
            JsonNode storage = json(console, "/api/v1/statistics/storage");
            assertThat(storage.at("/days/0/bytes").asInt()).isEqualTo(123_456);

            JsonNode description = json(console, "/api/v1/openapi.json");
            JsonNode pulls = json(console, "/api/v1/statistics/pulls");
            requireDescribed(description, "PullStatistics", pulls);
            requireDescribed(description, "PullsOfDay", pulls.at("/days/0"));
            requireDescribed(description, "PulledRepository", pulls.at("/most/0"));
            requireDescribed(description, "RepositoryPulls", repository);
            requireDescribed(description, "PulledTag", repository.at("/tags/0"));
            requireDescribed(description, "StorageByDay", storage);
            requireDescribed(description, "StorageOfDay", storage.at("/days/0"));
            requireDescribed(description, "Tag", tag);
            requireDescribed(description, "Repository", listed);
        }
    }

    @Test
    void whatIsPulledAndGoneIsNotShown() throws Exception {
        try (TestConsole console = TestConsole.open()) {
            Manifest image = console.push("team/app", "1", "x");
            console.push("team/app", "2", "y");
            console.pulled("team/app", image, "gone", 3, now);
            console.pulled("team/nothing", image, "1", 3, now);

            assertThat(console.get("/repository/team/app").body())
                    .contains("3 pulls")
                    .doesNotContain("gone");
            assertThat(console.get("/statistics").body())
                    .contains("from 1 repository.")
                    .doesNotContain("team/nothing");
        }
    }

    @Test
    void administratorsSeeWhatTheStorageHasGrownTo() throws Exception {
        try (TestConsole console = TestConsole.ofAdministrators()) {
            StorageHistory history = new StorageHistory(console.store());
            for (int day = 10; day > 0; day--) {
                history.sample(now.minus(Duration.ofDays(day)), 1_000_000L * (20 - day));
            }
            console.lists().measureStorage(() -> OptionalLong.of(25_000_000));

            assertThat(console.get("/statistics").body())
                    .contains("all repositories used 25.0\u00a0MB", "class=\"line\"")
                    .contains(day(10) + "</th><td>10.0\u00a0MB</td>");
        }
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        try (TestConsole console = TestConsole.open()) {
            var there = console.get("/nothing");
            for (String path : List.of("/statistics/", "/statistics/x", "/statistics/pulls")) {
                assertThat(console.get(path).statusCode()).as(path).isEqualTo(404);
                assertThat(console.get(path).body()).isEqualTo(there.body());
            }
            assertThat(console.get("/api/v1/statistics/nothing").statusCode()).isEqualTo(404);
            assertThat(console.get("/api/v1/statistics/pulls?limit=0").statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void hostileTextIsShownAsText() throws Exception {
        try (TestConsole console = TestConsole.open()) {
            int number = 0;
            for (String text : HostileTexts.all()) {
                if (!text.contains("\ud800") && number++ % 10 == 0) {
                    Manifest image = console.push("app-" + number, "t" + number, text);
                    console.pulled("app-" + number, image, "t" + number, 1, now);
                }
            }
            List<String> pages = new ArrayList<>(List.of("/statistics", "/?sort=pulls", "/?sort=pushed"));
            pages.add("/repository/app-1");
            for (String path : pages) {
                assertThat(console.get(path).body())
                        .as(path)
                        .doesNotContainPattern("(?i)<(script(?! src=\"/assets/)|img|iframe|svg on|style|base|math)")
                        .doesNotContainPattern("(?i)<[^>]* on[a-z]+=")
                        .doesNotContain("<!--", "\u202e", "\u001b", "\u0000");
            }
        }
    }

    private static void requireDescribed(JsonNode description, String schema, JsonNode answer) {
        JsonNode described = description.at("/components/schemas/" + schema);
        List<String> known = new ArrayList<>();
        described.path("properties").fieldNames().forEachRemaining(known::add);
        List<String> required = new ArrayList<>();
        described.path("required").forEach(name -> required.add(name.asText()));
        List<String> members = new ArrayList<>();
        answer.fieldNames().forEachRemaining(members::add);
        assertThat(known).as(schema).isNotEmpty().containsAll(members);
        assertThat(members).as(schema).containsAll(required);
    }

    private static JsonNode json(TestConsole console, String path) throws Exception {
        var response = console.get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }
}

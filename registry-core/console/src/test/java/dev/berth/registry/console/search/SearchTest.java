package dev.berth.registry.console.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.console.TestConsole;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("docker search finds repositories")
class SearchTest {
    private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]+)\"");

    private final TestConsole console;

    SearchTest() throws IOException {
        this.console = TestConsole.of((caller, action, repository) ->
                !caller.isAnonymous() || !repository.value().startsWith("secret/"));
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void theVeryNameComesFirstThenItsPartsThenTexts() throws Exception {
        push("team/nginx-exporter", "");
        push("nginx", "");
        push("team/nginx", "");
        push("proxy", "Made of nginx");
        push("mynginxes", "");
        push("other", "");

        assertThat(search("nginx")).containsExactly("nginx", "team/nginx", "team/nginx-exporter", "mynginxes", "proxy");
    }

    @Test
    void everyWordMustBeSomewhere() throws Exception {
        push("team/web", "The web server of the team");
        push("team/api", "The server of the API");

        assertThat(search("server%20team")).containsExactlyInAnyOrder("team/web", "team/api");
        assertThat(search("SERVER%20Web")).containsExactly("team/web");
        assertThat(search("server%20nothing")).isEmpty();
    }

    @Test
    void labelsAndAnnotationsAreFound() throws Exception {
        console.push(
                "team/db", "1", Map.of("vendor", "Zebra Works"), Map.of("licence", "Apache-2.0"), List.of("x"), 10);

        assertThat(search("zebra")).containsExactly("team/db");
        assertThat(search("apache-2.0")).containsExactly("team/db");
    }

    @Test
    void whatTheCallerMayNotSeeIsNotFoundAndNotCounted() throws Exception {
        push("secret/plan", "");
        push("public/plan", "");

        assertThat(search("plan")).containsExactly("public/plan");
        assertThat(console.get("/v1/search?q=plan").body()).contains("\"num_results\":1");
    }

    @Test
    void aRepositoryThatIsGoneIsNotFound() throws Exception {
        push("team/old", "");
        assertThat(search("old")).containsExactly("team/old");

        var repository = console.registry().repository("team/old");
        repository
                .manifests()
                .delete(repository.tags().list().toList().stream()
                        .map(tag -> repository.tags().resolve(tag).orElseThrow().digest())
                        .findFirst()
                        .orElseThrow());

        assertThat(search("old")).isEmpty();
    }

    @Test
    void pagesFollowEachOther() throws Exception {
        for (int i = 0; i < 12; i++) {
            push("app-" + (char) ('a' + i), "");
        }

        assertThat(search("app&n=5")).containsExactly("app-a", "app-b", "app-c", "app-d", "app-e");
        assertThat(search("app&n=5&page=3")).containsExactly("app-k", "app-l");
        assertThat(console.get("/v1/search?q=app&n=5").body()).contains("\"num_results\":12", "\"num_pages\":3");
    }

    @Test
    void badNumbersAreRefusedInASentence() throws Exception {
        var response = console.get("/v1/search?q=app&n=many");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("The parameter 'n' is a number from 1 to 100");
    }

    @Test
    void aPingSaysThatThereIsASearch() throws Exception {
        assertThat(console.get("/v1/_ping").statusCode()).isEqualTo(200);
    }

    private void push(String repository, String description) {
        console.push(
                repository,
                "1",
                Map.of("org.opencontainers.image.description", description),
                Map.of(),
                List.of("x"),
                10);
    }

    private List<String> search(String words) throws Exception {
        return NAME.matcher(console.get("/v1/search?q=" + words).body())
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }
}

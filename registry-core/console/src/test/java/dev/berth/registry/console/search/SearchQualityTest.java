package dev.berth.registry.console.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.console.TestConsole;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What somebody most likely looks for comes first")
class SearchQualityTest {
    private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]+)\"");

    private final TestConsole console = TestConsole.open();

    SearchQualityTest() throws IOException {
        push("postgres", "The database of the shop", Map.of("maintainer", "Storage team"));
        push("tools/postgres-backup", "Copies a database every night", Map.of());
        push("tools/pg", "A client for postgres", Map.of());
        push("shop/web", "What customers see: pages of the shop", Map.of("vendor", "Zebra Ltd"));
        push("shop/webhooks", "Tells others", Map.of());
        push("cobweb", "Tests what is old", Map.of());
        push("misc/page", "One page", Map.of());
        push("misc/labels", "Nothing", Map.of("note", "see the pages of the manual"));
    }

    @AfterEach
    void close() {
        console.close();
    }

    private void push(String name, String description, Map<String, String> labels) {
        console.push(
                name,
                "1",
                labels,
                Map.of("org.opencontainers.image.description", description),
                List.of(name),
                100);
    }

    private List<String> search(String words) throws Exception {
        String query = URLEncoder.encode(words, StandardCharsets.UTF_8);
        return NAME.matcher(console.get("/v1/search?q=" + query).body())
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @Test
    void theVeryNameComesFirst() throws Exception {
        assertThat(search("postgres")).containsExactly("postgres", "tools/postgres-backup", "tools/pg");
        assertThat(search("shop/web")).containsExactly("shop/web", "shop/webhooks");
    }

    @Test
    void theLastPartOfANameComesBeforeItsBeginningAndThatBeforeItsMiddle() throws Exception {
        assertThat(search("web")).containsExactly("shop/web", "shop/webhooks", "cobweb");
    }

    @Test
    void aBeginningIsEnough() throws Exception {
        assertThat(search("postg")).startsWith("postgres", "tools/postgres-backup");
        assertThat(search("p")).hasSizeGreaterThan(4);
    }

    @Test
    void aWordOfADescriptionComesBeforeOneOfALabelAndThatBeforeAPieceOfAWord() throws Exception {
        push("other/text", "Has homepages", Map.of());
        assertThat(search("pages")).containsExactly("shop/web", "misc/labels", "other/text");
    }

    @Test
    void labelsAndAnnotationsAreSearchedToo() throws Exception {
        assertThat(search("zebra")).containsExactly("shop/web");
        assertThat(search("storage")).containsExactly("postgres");
    }

    @Test
    void severalWordsMustAllBeThereInAnyOrderAndPlace() throws Exception {
        assertThat(search("database night")).containsExactly("tools/postgres-backup");
        assertThat(search("night postgres")).containsExactly("tools/postgres-backup");
        assertThat(search("shop database")).containsExactly("postgres");
        assertThat(search("shop zebra nothing")).isEmpty();
    }

    @Test
    void ofTheSameKindWhatIsPulledMoreComesFirst() throws Exception {
        var image = console.push("b/web", "1", "x");
        console.push("a/web", "1", "x");
        console.pulled("b/web", image, "1", 3, Instant.now());
        assertThat(search("web")).startsWith("b/web", "a/web", "shop/web");
    }

    /** A browser without a script writes spaces so. */
    @Test
    void aPlusInAnAddressIsASpace() throws Exception {
        assertThat(console.get("/?q=shop+database").body()).contains("1 result", "/repository/postgres");
        assertThat(console.get("/?q=shop%2Bdatabase").body()).contains("Nothing was found");
        assertThat(console.get("/api/v1/repositories?q=shop+database").body()).contains("\"total\":1");
    }

    @Test
    void lettersAreTheSameInBothCases() throws Exception {
        assertThat(search("POSTGRES Client")).containsExactly("tools/pg");
    }
}

package dev.berth.registry.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import dev.berth.registry.Tag;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The console shows what the caller may see")
class ConsolePagesTest {

    @Test
    void anEmptyRegistrySaysHowAnImageComesHere() throws Exception {
        try (TestConsole console = TestConsole.open()) {
            assertThat(console.get("/").body())
                    .contains("docker push " + console.address().getAuthority());
        }
    }

    @Test
    void repositoriesAreListedWithWhatIsKnownOfThem() throws Exception {
        try (TestConsole console = TestConsole.open()) {
            console.push(
                    "team/app",
                    "1.0",
                    Map.of("org.opencontainers.image.description", "An app"),
                    Map.of(),
                    List.of("x"),
                    500_000);
            console.push(
                    "team/app",
                    "1.1",
                    Map.of("org.opencontainers.image.description", "An app"),
                    Map.of(),
                    List.of("y"),
                    500_000);

            assertThat(console.get("/").body())
                    .contains("href=\"/repository/team/app\"", "An app", "2 tags", "500\u00a0kB", "pushed", "just now");
        }
    }

    @Test
    void aPageOfRepositoriesLeadsToTheNextOne() throws Exception {
        try (TestConsole console = TestConsole.open()) {
            for (int i = 100; i < 160; i++) {
                console.push("app-" + i, "1", "x");
            }

            String first = console.get("/").body();
            assertThat(first).contains("app-100", "app-149", "?after=app-149").doesNotContain("app-150");
            assertThat(console.get("/?after=app-149").body())
                    .contains("app-150", "app-159", "First page")
                    .doesNotContain("app-149<", "Next page");
        }
    }

    @Test
    void tagsAreTheNewestFirstOrByVersion() throws Exception {
        try (TestConsole console = TestConsole.open()) {
            for (String tag : List.of("1.10", "1.9", "1.10-rc1", "latest", "2.0")) {
                console.push("app", tag, tag);
            }

            assertThat(console.get("/repository/app?order=name").body())
                    .containsSubsequence(">2.0<", ">1.10<", ">1.10-rc1<", ">1.9<", ">latest<");
            assertThat(console.get("/repository/app").body()).contains("docker pull", "/app:latest");
        }
    }

    @Test
    void anImageIsShownWithItsLayersAndWhatRefersToIt() throws Exception {
        try (TestConsole console = TestConsole.open()) {
            Manifest image = console.push(
                    "app", "1.0", Map.of("vendor", "Zebra"), Map.of("key", "value"), List.of("COPY app /app"), 900);

            String page = console.get("/image/app?tag=1.0").body();

            assertThat(page)
                    .contains(
                            "COPY app /app",
                            "900\u00a0B",
                            ">vendor</bdi></dt><dd><bdi dir=\"auto\">Zebra</bdi>",
                            "linux/amd64",
                            image.digest().toString())
                    .contains("docker pull " + console.address().getAuthority() + "/app@" + image.digest());
            assertThat(console.get("/image/app?digest=" + image.digest()).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aBrokenImageIsOneBrokenRow() throws Exception {
        try (TestConsole console = TestConsole.open()) {
            console.push("app", "good", "good");
            console.registry()
                    .repository("app")
                    .manifests()
                    .put(
                            Manifest.of("application/vnd.example+json", "{}".getBytes(StandardCharsets.UTF_8)),
                            Tag.parse("odd"));

            assertThat(console.get("/repository/app").body())
                    .contains(">good<", ">odd<", "application/vnd.example+json");
            assertThat(console.get("/image/app?tag=odd").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whatIsHiddenLooksLikeWhatIsNotThere() throws Exception {
        try (TestConsole console = TestConsole.of((caller, action, repository) ->
                !caller.isAnonymous() || !repository.value().startsWith("secret/"))) {
            console.push("secret/plan", "1", "x");
            console.push("app", "1", "x");

            var there = console.get("/repository/app/nothing");
            for (String path : List.of(
                    "/repository/secret/plan",
                    "/image/secret/plan?tag=1",
                    "/image/secret/plan?tag=2",
                    "/image/app?tag=2",
                    "/image/app",
                    "/image/app?tag=%3Cscript%3E",
                    "/repository/",
                    "/repository/UPPER",
                    "/nothing",
                    "/assets/nothing.css")) {
                var response = console.get(path);
                assertThat(response.statusCode()).as(path).isEqualTo(404);
                assertThat(response.body()).as(path).isEqualTo(there.body());
            }
            assertThat(console.get("/").body()).doesNotContain("secret");
            assertThat(console.get("/?q=plan").body()).doesNotContain("secret/plan");
        }
    }

    @Test
    void nothingIsLoadedFromElsewhereAndNobodyFramesIt() throws Exception {
        try (TestConsole console = TestConsole.open()) {
            var response = console.get("/");

            assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .startsWith("default-src 'none'; ")
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(response.body()).doesNotContain("http:", "https:", "style=", "onclick");
        }
    }

    @Test
    void behindAProxyEveryAddressIsThatOfTheProxy() throws Exception {
        try (TestConsole console = TestConsole.at("/pages", "/registry-ui/")) {
            console.push("team/app", "1.0", "x");

            assertThat(console.get("/pages/").body())
                    .contains("href=\"/registry-ui/repository/team/app\"", "href=\"/registry-ui/assets/console-")
                    .doesNotContain("\"/pages", "\"/repository");
            assertThat(console.get("/pages/repository/team/app").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void hostileTextIsShownAsTextEverywhere() throws Exception {
        try (TestConsole console = TestConsole.open()) {
            // The registry refuses half a pair itself.
            List<String> texts = HostileTexts.all().stream()
                    .filter(text -> !text.contains("\ud800"))
                    .toList();
            for (int i = 0; i < texts.size(); i++) {
                console.push("app-" + i % 10, "t" + i, texts.get(i));
            }

            for (int i = 0; i < texts.size(); i++) {
                requireOnlyOurMarkup(
                        console.get("/image/app-" + i % 10 + "?tag=t" + i).body());
            }
            for (int i = 0; i < 10; i++) {
                requireOnlyOurMarkup(console.get("/repository/app-" + i).body());
            }
            requireOnlyOurMarkup(console.get("/").body());
        }
    }

    private static void requireOnlyOurMarkup(String page) {
        assertThat(page)
                .doesNotContainPattern(
                        "(?i)<(script(?! src=\"/assets/)|img|iframe|svg on|style|base|math|form action=//)")
                .doesNotContainPattern("(?i)<[^>]* on[a-z]+=")
                .doesNotContainPattern("(?i)<[^>]* (href|src|action)=\"\\s*(javascript|data|vbscript):")
                .doesNotContain("<!--", "\u202e", "\u001b", "\u0000");
    }

    @Test
    void aFormThatIsNotOfItsPagesIsRefused() throws Exception {
        try (TestConsole console = TestConsole.open()) {
            var response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(console.address().resolve("/"))
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(HttpRequest.BodyPublishers.ofString("form-token=guessed"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.body()).contains("The form is not of a page of this site");
        }
    }

    @Test
    void otherMethodsAreNoneOfItsMethods() throws Exception {
        try (TestConsole console = TestConsole.open()) {
            var response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(console.address().resolve("/"))
                                    .DELETE()
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(405);
        }
    }
}

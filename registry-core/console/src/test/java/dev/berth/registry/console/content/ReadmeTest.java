package dev.berth.registry.console.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.Tag;
import dev.berth.registry.console.HostileTexts;
import dev.berth.registry.console.TestConsole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The page of a repository shows the text that was attached to describe it")
class ReadmeTest {
    private static final byte[] LAYER = new TestLayer().file("a", "one").tar();

    private final TestConsole console = TestConsole.open();
    private final TestImages images =
            new TestImages(console.registry().repository("team/app"));

    ReadmeTest() throws IOException {}

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void theTextAtTheNewestImageIsShown() throws Exception {
        images.readme(images.image("1", LAYER), "# Shop\n\nThe **shop**, see [the site](https://site.example/).");

        assertThat(page())
                .contains("<h2>Read me</h2>", "<h3 dir=\"auto\">Shop</h3>", "The <strong>shop</strong>")
                .contains("href=\"https://site.example/\" rel=\"noopener noreferrer nofollow ugc\"");
    }

    @Test
    void theTextAtLatestComesBeforeThatAtTheNewestImage() throws Exception {
        images.readme(images.image("latest", LAYER), "of latest");
        images.readme(images.image("2", new TestLayer().file("b", "two").tar()), "of the newest");

        assertThat(page()).contains("of latest").doesNotContain("of the newest");
    }

    @Test
    void otherThingsThatAreAttachedAreNoText() throws Exception {
        Manifest image = images.image("1", LAYER);
        images.attach(image, "application/spdx+json", "application/spdx+json", new byte[] {'x'}, "README.md");

        assertThat(page()).doesNotContain("Read me");
    }

    @Test
    void aTextThatIsNotMarkdownIsShownAsItIs() throws Exception {
        images.attach(
                images.image("1", LAYER),
                "application/vnd.example.readme",
                "text/plain",
                "# no heading <b>".getBytes(StandardCharsets.UTF_8),
                "README");

        assertThat(page()).contains("# no heading &lt;b&gt;").doesNotContain("<h3");
    }

    @Test
    void aBookIsCutAndWhatIsNoTextIsBorne() throws Exception {
        byte[] book = new byte[600_000];
        java.util.Arrays.fill(book, (byte) 0xfe);
        images.attach(images.image("1", LAYER), "text/markdown", "text/markdown", book, "README.md");

        assertThat(page()).contains("This is its beginning.");
    }

    @Test
    void anArtifactThatIsDamagedIsNone() throws Exception {
        Manifest image = images.image("1", LAYER);
        Manifest readme = images.readme(image, "text");
        console.registry().repository("team/app").blobs().delete(dev.berth.registry.Digest.sha256(
                "text".getBytes(StandardCharsets.UTF_8)));

        assertThat(page()).doesNotContain("Read me").contains(">1</a>");
        assertThat(console.get("/image/team/app?digest=" + readme.digest()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatTheImageSaysAboutItselfLeadsToTheWebOnly() throws Exception {
        images.image(
                Platform.of("linux", "amd64"),
                Map.of(
                        "org.opencontainers.image.documentation", "https://docs.example/app",
                        "org.opencontainers.image.source", "javascript:alert(1)",
                        "org.opencontainers.image.licenses", "Apache-2.0"),
                List.of(Tag.parse("1")),
                LAYER);

        assertThat(page())
                .contains("href=\"https://docs.example/app\" rel=\"noopener noreferrer nofollow ugc\"")
                .contains("javascript:alert(1)</bdi>", "Apache-2.0")
                .doesNotContain("href=\"javascript");
    }

    @Test
    void hostileTextsAreTexts() throws Exception {
        images.readme(images.image("1", LAYER), String.join("\n\n", HostileTexts.all()));

        ImageContentTest.requireOnlyOurMarkup(page());
    }

    private String page() throws Exception {
        var response = console.get("/repository/team/app");
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }
}

package dev.berth.registry.console.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.Tag;
import dev.berth.registry.console.TestConsole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Two images are shown one beside the other")
class ComparisonTest {
    private static final byte[] BASE = layer("base");
    private static final byte[] MIDDLE = layer("middle");
    private static final byte[] TOP = layer("top");
    private static final byte[] NEW_TOP = layer("new top");

    private final TestConsole console = TestConsole.open();
    private final TestImages images =
            new TestImages(console.registry().repository("team/app"));

    ComparisonTest() throws IOException {}

    @AfterEach
    void close() {
        console.close();
    }

    private static byte[] layer(String text) {
        return new TestLayer().file("a", text).tar();
    }

    @Test
    void layersAreInBothAddedOrGone() throws Exception {
        images.image("1", BASE, TOP);
        images.image("2", BASE, MIDDLE, NEW_TOP);

        assertThat(page("/compare/team/app?from=1&to=2"))
                .contains("1 in both (2.0\u00a0kB)", "2 added (4.1\u00a0kB)", "1 gone (2.0\u00a0kB)")
                .containsSubsequence("<tr class=\"same\">", "<tr class=\"gone\">", "<tr class=\"added\">", "<tr class=\"added\">");
    }

    @Test
    void whatImagesSayDifferentlyIsSideBySide() throws Exception {
        images.image(config("A=1", "B=2", "\"x\":\"1\"", "/bin/a"), Map.of(), List.of(Tag.parse("1")), BASE);
        images.image(config("A=1", "C=3", "\"x\":\"2\"", "/bin/b"), Map.of("k", "v"), List.of(Tag.parse("2")), BASE);

        String page = page("/compare/team/app?from=1&to=2");

        assertThat(page)
                .contains(row("B", "2", null), row("C", null, "3"), row("x", "1", "2"))
                .contains(row("Entry point", "/bin/a", "/bin/b"), row("k", null, "v"))
                .doesNotContain(">A</bdi>");
    }

    private static String row(String name, String from, String to) {
        return "<th scope=\"row\"><bdi dir=\"auto\">" + name + "</bdi></th><td data-title=\"1\">" + value(from)
                + "</td><td data-title=\"2\">" + value(to) + "</td>";
    }

    private static String value(String value) {
        return value == null
                ? "<span class=\"note\">–</span>"
                : "<code><bdi dir=\"auto\">" + value + "</bdi></code>";
    }

    private static byte[] config(String one, String two, String label, String entry) {
        return ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Env\":[\"" + one + "\",\"" + two
                        + "\"],\"Entrypoint\":[\"" + entry + "\"],\"Labels\":{" + label
                        + "}},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aPlatformOfAnIndexIsChosen() throws Exception {
        Manifest amd = images.image(Platform.of("linux", "amd64"), Map.of(), List.of(), BASE);
        Manifest arm = images.image(Platform.of("linux", "arm64"), Map.of(), List.of(), MIDDLE);
        images.index(
                "1",
                List.of(
                        TestImages.listed(amd, Optional.of(Platform.of("linux", "amd64"))),
                        TestImages.listed(arm, Optional.of(Platform.of("linux", "arm64")))));
        images.image("2", MIDDLE);

        assertThat(page("/compare/team/app?from=1&to=2"))
                .contains("<option value=\"linux/amd64\" selected=\"\">", "0 in both", "1 added");
        assertThat(page("/compare/team/app?from=1&to=2&platform=linux/arm64")).contains("1 in both", "0 added");
        assertThat(page("/compare/team/app?from=1&to=" + amd.digest())).contains("Both are the same image.");
    }

    @Test
    void whatCannotBeReadIsSaid() throws Exception {
        images.image("no json".getBytes(StandardCharsets.UTF_8), Map.of(), List.of(Tag.parse("1")), BASE);
        images.image("2", BASE, TOP);

        assertThat(page("/compare/team/app?from=1&to=2")).contains("1 cannot be read: ", "1 in both", "1 added");
    }

    @Test
    void theRepositoryOffersItWhereThereAreTwoTags() throws Exception {
        images.image("1", BASE);
        assertThat(page("/repository/team/app")).doesNotContain("Compare two tags");
        images.image("2", BASE, TOP);
        assertThat(page("/repository/team/app"))
                .contains("Compare two tags", "action=\"/compare/team/app\"")
                .contains("<option value=\"1\" selected=\"\">", "<option value=\"2\" selected=\"\">");
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        images.image("1", BASE);

        for (String path : List.of(
                "/compare/team/app?from=1&to=2",
                "/compare/team/app?from=1",
                "/compare/team/app",
                "/compare/team/other?from=1&to=1",
                "/compare/team/app?from=1&to=%3Cscript%3E")) {
            assertThat(console.get(path).statusCode()).as(path).isEqualTo(404);
            assertThat(console.get("/api/v1" + path).statusCode()).as(path).isEqualTo(404);
        }
    }

    private String page(String path) throws Exception {
        var response = console.get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return response.body();
    }
}

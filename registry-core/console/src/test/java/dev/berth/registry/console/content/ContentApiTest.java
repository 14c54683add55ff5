package dev.berth.registry.console.content;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.Tag;
import dev.berth.registry.console.TestConsole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The JSON API tells what is in images, as it is described")
class ContentApiTest {
    private static final byte[] LAYER = new TestLayer().file("a", "one").symlink("l", "a").tar();
    private static final byte[] OTHER = new TestLayer().file("b", "two").tar();

    private final TestConsole console = TestConsole.open();
    private final TestImages images =
            new TestImages(console.registry().repository("team/app"));
    private final Manifest amd;
    private JsonNode description;

    ContentApiTest() throws Exception {
        String config = "{\"architecture\":\"amd64\",\"os\":\"linux\",\"created\":\"2026-11-01T10:00:00Z\",\"author\":\"A\","
                + "\"config\":{\"User\":\"u\",\"ExposedPorts\":{\"80/tcp\":{}},\"Volumes\":{\"/v\":{}},\"WorkingDir\":\"/w\","
                + "\"Entrypoint\":[\"e\"],\"Cmd\":[\"c\"],\"Env\":[\"E=1\"],\"StopSignal\":\"SIGINT\","
                + "\"Healthcheck\":{\"Test\":[\"CMD\"]},\"Labels\":{\"l\":\"1\"}},"
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]},\"history\":[{\"created_by\":\"x\"},{\"created_by\":\"y\"}]}";
        amd = images.image(
                config.getBytes(StandardCharsets.UTF_8), Map.of("k", "v"), List.of(Tag.parse("1")), LAYER, OTHER);
        Manifest arm = images.image(Platform.of("linux", "arm64"), Map.of(), List.of(Tag.parse("2")), OTHER);
        images.index(
                "all",
                List.of(
                        TestImages.listed(amd, Optional.of(Platform.of("linux", "amd64"))),
                        TestImages.listed(arm, Optional.of(Platform.of("linux", "arm64")))));
        images.readme(amd, "text");
        description = json("/api/v1/openapi.json");
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void anImageIsToldWithAllThatIsKnownOfIt() throws Exception {
        JsonNode image = json("/api/v1/images/team/app?tag=1");

        requireDescribed("Image", image);
        requireDescribed("ImageConfiguration", image.path("configuration"));
        requireDescribed("ImageLayer", image.at("/layers/0"));
        requireDescribed("LayerSharing", image.at("/layers/1/shared"));
        requireDescribed("ImageStep", image.at("/history/0"));
        requireDescribed("Referrer", image.at("/referrers/0"));
        assertThat(image.at("/kind").asText()).isEqualTo("image");
        assertThat(image.at("/digest").asText()).isEqualTo(amd.digest().toString());
        assertThat(image.at("/configuration/healthCheck/0").asText()).isEqualTo("CMD");
        assertThat(image.at("/layers/1/shared/images").asInt()).isEqualTo(1);
        assertThat(image.at("/referrers/0/what").asText()).isEqualTo("Description");
    }

    @Test
    void anIndexIsToldWithItsPlatforms() throws Exception {
        JsonNode index = json("/api/v1/images/team/app?tag=all");

        requireDescribed("Image", index);
        requireDescribed("ImagePlatform", index.at("/platforms/0"));
        assertThat(index.path("platforms").findValuesAsText("platform")).containsExactly("linux/amd64", "linux/arm64");
    }

    @Test
    void filesAreTold() throws Exception {
        String address = "/api/v1/files/team/app?digest=" + amd.digest();
        JsonNode root = read(address + "&limit=1");
        requireDescribed("Files", root);
        requireDescribed("LayerTotals", root.path("totals"));
        requireDescribed("FileEntry", root.at("/entries/0"));
        assertThat(root.path("next").asText()).isEqualTo("a");
        JsonNode rest = read(address + "&after=a");
        requireDescribed("FileEntry", rest.at("/entries/0"));
        assertThat(rest.at("/entries/0/target").asText()).isEqualTo("a");
        JsonNode file = read(address + "&path=a");
        requireDescribed("Files", file);
        assertThat(file.path("text").asText()).isEqualTo("one");
        assertThat(console.get(address + "&limit=0").statusCode()).isEqualTo(400);
    }

    @Test
    void differencesAreTold() throws Exception {
        JsonNode comparison = json("/api/v1/compare/team/app?from=1&to=2");

        requireDescribed("Comparison", comparison);
        requireDescribed("ComparedImage", comparison.path("from"));
        requireDescribed("ComparedLayer", comparison.at("/layers/0"));
        requireDescribed("Difference", comparison.at("/environment/0"));
        assertThat(comparison.path("layers").findValuesAsText("change")).containsExactly("gone", "same");
        assertThat(json("/api/v1/compare/team/app?from=all&to=2").path("platform").asText())
                .isEqualTo("linux/amd64");
    }

    @Test
    void badQuestionsAreAnsweredSo() throws Exception {
        assertThat(console.get("/api/v1/images/team/app").statusCode()).isEqualTo(400);
        assertThat(console.get("/api/v1/images/team/app?tag=none").statusCode()).isEqualTo(404);
        assertThat(console.get("/api/v1/images/team/none?tag=1").statusCode()).isEqualTo(404);
        assertThat(console.get("/api/v1/images/UPPER?tag=1").statusCode()).isEqualTo(404);
    }

    private JsonNode read(String path) throws Exception {
        while (true) {
            JsonNode answer = json(path);
            if (!answer.path("state").asText().equals("reading")) {
                return answer;
            }
        }
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        var response = console.get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }

    private void requireDescribed(String schema, JsonNode answer) {
        JsonNode described = description.at("/components/schemas/" + schema);
        List<String> known = new ArrayList<>();
        described.path("properties").fieldNames().forEachRemaining(known::add);
        List<String> required = new ArrayList<>();
        described.path("required").forEach(name -> required.add(name.asText()));
        List<String> members = new ArrayList<>();
        answer.fieldNames().forEachRemaining(members::add);
        assertThat(known).as(schema).isNotEmpty().containsAll(members);
        assertThat(members).as(schema).isNotEmpty().containsAll(required);
    }
}

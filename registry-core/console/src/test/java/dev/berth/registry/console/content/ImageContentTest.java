package dev.berth.registry.console.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.compose.EventQueue;
import dev.berth.registry.compose.Observed;
import dev.berth.registry.console.HostileTexts;
import dev.berth.registry.console.TestConsole;
import dev.berth.registry.console.view.ImageLookup;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.RegistryEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The page of an image shows what is in it")
class ImageContentTest {
    private static final byte[] LAYER = new TestLayer().file("a", "one").tar();
    private static final byte[] OTHER = new TestLayer().file("b", "two").tar();

    private final TestConsole console = TestConsole.of((caller, action, repository) ->
            !caller.isAnonymous() || !repository.value().startsWith("secret/"));
    private final TestImages images = images("team/app");

    ImageContentTest() throws IOException {}

    private TestImages images(String repository) {
        return new TestImages(console.registry().repository(repository));
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void everyWayToPullIsToBeCopied() throws Exception {
        Manifest image = images.image("1", LAYER);
        String host = console.address().getAuthority();

        assertThat(page("/image/team/app?tag=1"))
                .contains(
                        "docker pull " + host + "/team/app:1<",
                        "podman pull " + host + "/team/app:1<",
                        "docker pull " + host + "/team/app@" + image.digest() + "<",
                        "podman pull " + host + "/team/app@" + image.digest() + "<",
                        "skopeo copy docker://" + host + "/team/app:1 oci:app<");
    }

    @Test
    void anIndexListsItsImagesAndWhatABuilderSaysOfThem() throws Exception {
        Manifest amd = images.image(Platform.of("linux", "amd64"), Map.of(), List.of(), LAYER, OTHER);
        Manifest builder = images.attach(amd, "application/vnd.in-toto+json", "application/vnd.in-toto+json", new byte[9], "x");
        images.index(
                "1",
                List.of(
                        TestImages.listed(amd, Optional.of(Platform.of("linux", "amd64"))),
                        TestImages.listed(builder, Optional.of(Platform.of("unknown", "unknown")))));

        String page = page("/image/team/app?tag=1");

        assertThat(page)
                .contains(">linux/amd64</bdi></a>", "<td data-title=\"Layers\">2</td>")
                .contains("docker pull --platform linux/amd64 " + console.address().getAuthority() + "/team/app:1")
                .contains("Attestation of the builder")
                .doesNotContain("unknown/unknown");
    }

    @Test
    void anImageThatIsBrokenIsOneBrokenRow() throws Exception {
        Manifest good = images.image(Platform.of("linux", "amd64"), Map.of(), List.of(), LAYER);
        Manifest bad = images.image(Platform.of("linux", "arm64"), Map.of(), List.of(), OTHER);
        images.index(
                "1",
                List.of(
                        TestImages.listed(good, Optional.of(Platform.of("linux", "amd64"))),
                        TestImages.listed(bad, Optional.of(Platform.of("linux", "arm64")))));
        console.registry().repository("team/app").manifests().delete(bad.digest());

        assertThat(page("/image/team/app?tag=1"))
                .contains(">linux/amd64</bdi></a>", "<tr class=\"broken\">", ">linux/arm64</bdi></a>", "cannot be read: ");
    }

    @Test
    void theConfigurationIsShownWithItsHealthCheck() throws Exception {
        String config = "{\"architecture\":\"arm64\",\"os\":\"linux\",\"config\":{\"User\":\"1000:1000\","
                + "\"ExposedPorts\":{\"8080/tcp\":{}},\"Volumes\":{\"/data\":{}},\"WorkingDir\":\"/srv\","
                + "\"Entrypoint\":[\"/bin/app\",\"-x\",\"two words\"],\"StopSignal\":\"SIGINT\","
                + "\"Healthcheck\":{\"Test\":[\"CMD\",\"curl\",\"localhost\"],\"Interval\":30000000000,\"Retries\":3},"
                + "\"Labels\":{\"vendor\":\"Zebra\"}},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]},\"history\":[]}";
        images.image(config.getBytes(StandardCharsets.UTF_8), Map.of("note", "x"), List.of(Tag.parse("1")), LAYER);

        assertThat(page("/image/team/app?tag=1"))
                .contains("1000:1000", "8080/tcp", "/data", "/srv", "SIGINT", "vendor", "Zebra", "note")
                .contains("/bin/app -x &quot;two words&quot;")
                .contains("CMD curl localhost", "every 30 s", "tried 3 times");
    }

    @Test
    void aConfigurationThatCannotBeReadIsSaidAndTheRestIsShown() throws Exception {
        images.image("no json".getBytes(StandardCharsets.UTF_8), Map.of(), List.of(Tag.parse("1")), LAYER);

        assertThat(page("/image/team/app?tag=1"))
                .contains("Not all of it can be read: ", Digest.sha256(LAYER).hex().substring(0, 12));
    }

    @Test
    void itIsToldWhoElseHasALayerAsFarAsTheCallerMaySee() throws Exception {
        images.image("1", LAYER, OTHER);
        images.image("2", LAYER);
        images("team/web").image("1", LAYER);
        images("secret/plan").image("1", LAYER, OTHER);

        String page = page("/image/team/app?tag=1");

        assertThat(page)
                .contains("1 other image here", "href=\"/repository/team/web\">team/web</a>")
                .doesNotContain("secret");
        assertThat(page("/image/team/web?tag=1")).contains(">team/app</a>").doesNotContain("other image here");
    }

    @Test
    void whatRefersToItIsATreeInWords() throws Exception {
        Manifest image = images.image("1", LAYER);
        Manifest bill = images.attach(image, "application/spdx+json", "application/spdx+json", new byte[3], "bill");
        Manifest signature = images.attach(
                bill, "application/vnd.dev.cosign.artifact.sig.v1+json", "application/json", new byte[2], "sig");
        images.image("sha256-" + image.digest().hex() + ".att", OTHER);

        String page = page("/image/team/app?tag=1");

        assertThat(page)
                .containsSubsequence(
                        "Bill of materials (SPDX)", "<ul class=\"tree\">", "Signature (cosign)", "Attestation (cosign)")
                .contains("digest=sha256%3A" + signature.digest().hex());
        assertThat(page("/image/team/app?digest=" + bill.digest())).contains("Refers to", "Artifact type");
    }

    @Test
    void manyReferrersAreShownInPart() throws Exception {
        Manifest image = images.image("1", LAYER);
        for (int i = 0; i < 120; i++) {
            images.attach(image, "application/sarif+json", "application/json", new byte[i + 1], "r");
        }

        String page = page("/image/team/app?tag=1");

        assertThat(page).contains("There is more than is shown.");
        assertThat(page.split("Findings \\(SARIF\\)", -1)).hasSize(101);
    }

    @Test
    void manifestAndConfigurationAreShownAndSavedByteForByte() throws Exception {
        Manifest image = images.image("1", LAYER);
        String address = "/document/team/app?digest=" + image.digest();

        assertThat(page(address)).contains("&quot;schemaVersion&quot; : 2", "byte for byte");
        assertThat(page(address + "&part=configuration")).contains("&quot;architecture&quot; : &quot;amd64&quot;");
        var saved = console.get(address + "&download=true");
        assertThat(saved.body()).isEqualTo(new String(image.bytes(), StandardCharsets.UTF_8));
        assertThat(saved.headers().firstValue("Content-Type")).contains("application/octet-stream");
        for (String none : List.of(
                address + "&part=nothing",
                "/document/team/app",
                "/document/secret/plan?digest=" + image.digest(),
                "/document/team/app?digest=" + Digest.sha256(LAYER))) {
            assertThat(console.get(none).statusCode()).as(none).isEqualTo(404);
        }
    }

    @Test
    void whoLooksAtAnImageDoesNotPullIt() throws Exception {
        Manifest image = images.image("1", LAYER);
        List<RegistryEvent> events = new ArrayList<>();
        Registry served = Observed.of(
                console.registry(), EventContext.none(), EventQueue.of(events::add, Runnable::run));

        assertThat(new ImageLookup(console.registry())
                        .find(served, RepositoryName.parse("team/app"), Tag.parse("1"))
                        .orElseThrow()
                        .image()
                        .digest())
                .isEqualTo(image.digest());

        assertThat(events).isEmpty();
    }

    @Test
    void hostileTextsAreTextsInEveryFieldOfTheConfiguration() throws Exception {
        List<String> texts = HostileTexts.all().stream()
                .filter(text -> !text.contains("\ud800"))
                .toList();
        var mapper = new com.fasterxml.jackson.databind.ObjectMapper();
        for (int i = 0; i < texts.size(); i++) {
            String text = mapper.writeValueAsString(texts.get(i));
            String config = "{\"architecture\":\"amd64\",\"os\":\"linux\",\"author\":" + text + ",\"config\":{\"User\":" + text
                    + ",\"ExposedPorts\":{" + text + ":{}},\"Volumes\":{" + text + ":{}},\"WorkingDir\":" + text
                    + ",\"Entrypoint\":[" + text + "],\"Cmd\":[" + text + "],\"Env\":[" + text + "],\"StopSignal\":" + text
                    + ",\"Healthcheck\":{\"Test\":[" + text + "]},\"Labels\":{" + text + ":" + text
                    + "}},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]},\"history\":[{\"created_by\":" + text + "}]}";
            Manifest image = images.image(
                    config.getBytes(StandardCharsets.UTF_8),
                    Map.of("org.opencontainers.image.source", texts.get(i), texts.get(i), texts.get(i)),
                    List.of(Tag.parse("t" + i)),
                    LAYER);
            images.attach(image, "application/x-" + i, "text/x", new byte[2], texts.get(i));
            requireOnlyOurMarkup(page("/image/team/app?tag=t" + i));
            requireOnlyOurMarkup(page("/document/team/app?part=configuration&digest=" + image.digest()));
            if (i > 0) {
                requireOnlyOurMarkup(page("/compare/team/app?from=t" + (i - 1) + "&to=t" + i));
            }
        }
        requireOnlyOurMarkup(page("/repository/team/app"));
    }

    private String page(String path) throws Exception {
        var response = console.get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return response.body();
    }

    static void requireOnlyOurMarkup(String page) {
        assertThat(page)
                .doesNotContainPattern("(?i)<(script(?! src=\"/assets/)|img|iframe|svg on|style|base|math|form action=//)")
                .doesNotContainPattern("(?i)<[^>]* on[a-z]+=")
                .doesNotContainPattern("(?i)<[^>]* (href|src|action)=\"\\s*(javascript|data|vbscript):")
                .doesNotContain("<!--", "\u202e", "\u001b", "\u0000");
    }
}

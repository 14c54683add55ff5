package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.Content;
import dev.berth.examples.standalone.content.Json;
import dev.berth.examples.standalone.content.OciLayout;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.Programs;
import dev.berth.examples.standalone.programs.RegistryHttp;
import dev.berth.examples.standalone.programs.Skopeo;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** skopeo pushes, pulls, inspects and deletes images. It supports sha256 only. */
class SkopeoIT {
    private static final int LAYER = 300_000;

    @TempDir
    static Path storage;

    private static BerthProcess berth;

    @TempDir
    Path directory;

    @BeforeAll
    static void startServer() throws IOException, InterruptedException {
        Programs.assumeInstalled("skopeo");
        berth = BerthCommand.serve(storage).withDeletion().start();
    }

    @AfterAll
    static void stopServer() {
        if (berth != null) {
            berth.close();
        }
    }

    private Skopeo skopeo() {
        return new Skopeo(berth.hostAndPort(), directory);
    }

    private OciLayout layout(String name, TestImage image) throws IOException {
        return OciLayout.write(directory.resolve(name), "it", image);
    }

    @Test
    void anOciLayoutRoundTripsUnchanged() throws IOException, InterruptedException {
        TestImage image = TestImage.random(1, 3, LAYER);
        Skopeo skopeo = skopeo();

        skopeo.copy("oci:" + layout("in", image).directory() + ":it", skopeo.docker("team/oci:1.0"));
        berth.http().expectImage("team/oci", "1.0", image);

        OciLayout out = new OciLayout(directory.resolve("out"));
        skopeo.copy(skopeo.docker("team/oci:1.0"), "oci:" + out.directory() + ":it");
        out.expect(image);
    }

    @Test
    void dockerManifestsRoundTripUnchanged() throws IOException, InterruptedException {
        Skopeo skopeo = skopeo();
        Path first = directory.resolve("first");
        Path second = directory.resolve("second");
        OciLayout layout = layout("in", TestImage.random(2, 2, LAYER));
        skopeo.copy("oci:" + layout.directory() + ":it", "dir:" + first, "--format", "v2s2");

        skopeo.copy("dir:" + first, skopeo.docker("team/docker:1.0"));
        skopeo.copy(skopeo.docker("team/docker:1.0"), "dir:" + second);

        assertThat(files(second)).isEqualTo(files(first));
        assertThat(second.resolve("manifest.json"))
                .content()
                .contains("application/vnd.docker.distribution.manifest.v2+json");
    }

    private static Map<String, Long> files(Path folder) throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                sizes.put(file.getFileName().toString(), Files.size(file));
            }
        }
        return sizes;
    }

    @Test
    void anIndexIsCopiedWithAllPlatforms() throws IOException, InterruptedException {
        List<String> architectures = List.of("amd64", "arm64", "s390x");
        List<TestImage> images = new ArrayList<>();
        for (int i = 0; i < architectures.size(); i++) {
            images.add(TestImage.random(10 + i, 1, LAYER, architectures.get(i), "sha256"));
        }
        Content index = TestImage.index(architectures, images);
        List<Content> parts = new ArrayList<>();
        for (TestImage image : images) {
            parts.addAll(image.blobs());
            parts.add(image.manifest());
        }
        OciLayout in = OciLayout.write(directory.resolve("in"), "it", index, parts);
        OciLayout out = new OciLayout(directory.resolve("out"));
        Skopeo skopeo = skopeo();

        skopeo.copy("oci:" + in.directory() + ":it", skopeo.docker("team/multi:1.0"), "--all");
        skopeo.copy(skopeo.docker("team/multi:1.0"), "oci:" + out.directory() + ":it", "--all");

        berth.http().expectManifest("team/multi", "1.0", index);
        out.expect(List.of(index));
        out.expect(parts);
        assertThat(berth.http().tags("team/multi")).containsExactly("1.0");
    }

    @Test
    void anImageIsCopiedFromRepositoryToRepository() throws IOException, InterruptedException {
        TestImage image = TestImage.random(3, 2, LAYER);
        berth.http().pushImage("copy/from", "1.0", image);
        Skopeo skopeo = skopeo();

        skopeo.copy(skopeo.docker("copy/from:1.0"), skopeo.docker("copy/to:2.0"));

        berth.http().expectImage("copy/to", "2.0", image);
        assertThat(berth.http().tags("copy/to")).containsExactly("2.0");
    }

    @Test
    void skopeoInspectDescribesAnImage() throws IOException, InterruptedException {
        TestImage image = TestImage.random(4, 2, LAYER);
        berth.http().pushImage("team/inspected", "1.0", image);
        Skopeo skopeo = skopeo();

        String about = skopeo.run("inspect", skopeo.docker("team/inspected:1.0"))
                .successful()
                .out();
        String raw = skopeo.run("inspect", "--raw", skopeo.docker("team/inspected:1.0"))
                .successful()
                .out();
        String config = skopeo.run("inspect", "--config", "--raw", skopeo.docker("team/inspected:1.0"))
                .successful()
                .out();

        assertThat(about).contains('"' + image.manifest().digest() + '"');
        assertThat(about).contains(image.layers().stream().map(Content::digest).toList());
        assertThat(raw).isEqualTo(image.manifest().text());
        assertThat(config).isEqualTo(image.config().text());
    }

    @Test
    void skopeoListsTags() throws IOException, InterruptedException {
        TestImage image = TestImage.random(5, 1, LAYER);
        List<String> tags = List.of("1", "1.0", "1.0-alpine", "1.0.1", "latest");
        for (String tag : tags) {
            berth.http().pushImage("team/tags", tag, image);
        }
        Skopeo skopeo = skopeo();

        String listed =
                skopeo.run("list-tags", skopeo.docker("team/tags")).successful().out();

        assertThat(Json.strings(listed.getBytes(StandardCharsets.UTF_8), "Tags"))
                .containsExactlyElementsOf(tags);
    }

    @Test
    void skopeoDeletesAnImageIfDeletionIsEnabled() throws IOException, InterruptedException {
        berth.http().pushImage("team/deleted", "1.0", TestImage.random(6, 1, LAYER));
        Skopeo skopeo = skopeo();

        skopeo.run("delete", skopeo.docker("team/deleted:1.0")).successful();

        assertThat(berth.http().getManifest("team/deleted", "1.0").statusCode()).isEqualTo(404);
        assertThat(skopeo.run("inspect", skopeo.docker("team/deleted:1.0")).exitCode())
                .isNotZero();
    }

    @Test
    void skopeoCannotDeleteByDefault() throws IOException, InterruptedException {
        TestImage image = TestImage.random(7, 1, LAYER);
        try (BerthProcess cautious = BerthCommand.serveFromMemory().start()) {
            cautious.http().pushImage("team/kept", "1.0", image);
            Skopeo skopeo = new Skopeo(cautious.hostAndPort(), directory);

            ChildProcess.Outcome outcome = skopeo.run("delete", skopeo.docker("team/kept:1.0"));

            assertThat(outcome.exitCode()).isNotZero();
            assertThat(outcome.err()).containsAnyOf("405", "not allowed", "unsupported");
            cautious.http().expectImage("team/kept", "1.0", image);
            HttpResponse<byte[]> response = cautious.http()
                    .delete("/v2/team/kept/manifests/" + image.manifest().digest());
            RegistryHttp.expect(405, response);
            assertThat(new Content("", response.body()).text()).contains("\"UNSUPPORTED\"");
        }
    }
}

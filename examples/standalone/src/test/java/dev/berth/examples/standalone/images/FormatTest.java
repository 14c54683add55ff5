package dev.berth.examples.standalone.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.CommandRun;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.Programs;
import dev.berth.examples.standalone.programs.RegistryHttp;
import dev.berth.examples.standalone.programs.Skopeo;
import dev.berth.registry.testing.TestRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layouts have OCI's format, so that other programs read them; layers of saved images come compressed to a registry. */
class FormatTest {
    private static final TestRegistry REGISTRY = TestRegistry.start();

    private final RegistryHttp registry = new RegistryHttp(REGISTRY.uri());

    @TempDir
    Path directory;

    @AfterAll
    static void stopServer() {
        REGISTRY.close();
    }

    private static String at(String image) {
        return REGISTRY.address() + "/" + image;
    }

    private static CommandRun berth(String... arguments) {
        return CommandRun.run("", arguments).successful();
    }

    private String manifest(String repository, String reference) throws IOException, InterruptedException {
        return new String(registry.getManifest(repository, reference).body(), StandardCharsets.UTF_8);
    }

    /** Pushes an image in Docker's format, and returns its digest. */
    private String pushDockerImage(Skopeo skopeo, String repository, long seed)
            throws IOException, InterruptedException {
        registry.pushImage(repository, "oci", TestImage.random(seed, 2, 3000));
        skopeo.copy(skopeo.docker(repository + ":oci"), skopeo.docker(repository + ":docker"), "--format", "v2s2");
        assertThat(manifest(repository, "docker")).contains("vnd.docker.distribution.manifest.v2+json");
        return registry.getManifest(repository, "docker")
                .headers()
                .firstValue("Docker-Content-Digest")
                .orElseThrow();
    }

    @Test
    void anImageInDockersFormatIsReadFromALayoutByOthers() throws IOException, InterruptedException {
        Programs.assumeInstalled("skopeo", "umoci");
        Skopeo skopeo = new Skopeo(REGISTRY.address(), directory);
        String before = pushDockerImage(skopeo, "format/app", 71);
        Path layout = directory.resolve("layout");
        Path archive = directory.resolve("app.tar");

        CommandRun copied = berth("copy", "-q", at("format/app:docker"), "oci:" + layout + ":one");
        berth("copy", "-q", at("format/app:docker"), "oci-archive:" + archive + ":one");

        String after = copied.out().strip();
        assertThat(after).isNotEqualTo(before);
        assertThat(copied.err().lines()).hasSize(1);
        assertThat(copied.err()).contains("digest", before, after, "--format");
        assertThat(Files.readString(layout.resolve("index.json"))).doesNotContain("vnd.docker");
        skopeo.copy("oci:" + layout + ":one", skopeo.docker("format/back:1"));
        skopeo.copy("oci-archive:" + archive + ":one", skopeo.docker("format/back:2"));
        assertThat(manifest("format/back", "1"))
                .isEqualTo(manifest("format/back", "2"))
                .doesNotContain("vnd.docker");
        ChildProcess.run(List.of(
                        Programs.path("umoci"),
                        "unpack",
                        "--rootless",
                        "--image",
                        layout + ":one",
                        directory.resolve("bundle").toString()))
                .successful();
        assertThat(directory.resolve("bundle/rootfs/file-1")).hasSize(3000);
    }

    @Test
    void theFormatIsKeptIfThatIsAskedFor() throws IOException, InterruptedException {
        Programs.assumeInstalled("skopeo");
        Skopeo skopeo = new Skopeo(REGISTRY.address(), directory);
        String before = pushDockerImage(skopeo, "kept/app", 72);
        Path layout = directory.resolve("layout");

        CommandRun kept = berth("copy", "-q", "--format", "keep", at("kept/app:docker"), "oci:" + layout + ":one");
        CommandRun between = berth("copy", "-q", at("kept/app:docker"), at("kept/other:1"));

        assertThat(kept.out().strip()).isEqualTo(before);
        assertThat(kept.err()).isEmpty();
        assertThat(between.out().strip()).isEqualTo(before);
        assertThat(CommandRun.run("", "copy", "--format", "zip", at("kept/app:docker"), at("kept/other:2"))
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void aSynchronisedLayoutIsConvertedOnce() throws IOException, InterruptedException {
        Programs.assumeInstalled("skopeo");
        Skopeo skopeo = new Skopeo(REGISTRY.address(), directory);
        pushDockerImage(skopeo, "synced/app", 73);
        Path layout = directory.resolve("layout");

        berth("sync", "-q", at("synced/app"), "oci:" + layout);

        assertThat(Files.readString(layout.resolve("index.json"))).doesNotContain("vnd.docker");
        assertThat(berth("sync", "-q", at("synced/app"), "oci:" + layout).out()).contains("2 unchanged");
    }

    @Test
    void layersOfASavedImageAreCompressedOnTheirWayToARegistry() throws IOException, InterruptedException {
        Programs.assumeInstalled("skopeo");
        Skopeo skopeo = new Skopeo(REGISTRY.address(), directory);
        TestImage image = TestImage.random(74, 2, 3000);
        registry.pushImage("saved/from", "1", image);
        Path archive = directory.resolve("saved.tar");
        skopeo.copy(skopeo.docker("saved/from:1"), "docker-archive:" + archive + ":team/app:1");
        String source = "docker-archive:" + archive + ":team/app:1";

        CommandRun first = berth("copy", "-q", source, at("saved/app:1"));
        CommandRun second = berth("copy", source, at("saved/app:2"));
        berth("copy", "-q", "--compress", "none", source, at("saved/plain:1"));

        assertThat(first.err()).isEmpty();
        assertThat(manifest("saved/app", "1"))
                .contains("layer.v1.tar+gzip", image.config().digest())
                .doesNotContain("layer.v1.tar\"");
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(second.err()).doesNotContain(" copied ");
        assertThat(manifest("saved/plain", "1")).contains("layer.v1.tar\"").doesNotContain("gzip");
        skopeo.copy(skopeo.docker("saved/app:1"), "oci:" + directory.resolve("pulled") + ":one");
    }
}

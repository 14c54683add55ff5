package dev.berth.registry.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.Reference;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.fixtures.Programs;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layouts and archives that skopeo and umoci write, and ours as they see them. */
class LayoutToolsTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final Tag FIRST = Tag.of("first");
    private static final Tag SECOND = Tag.of("second");
    private static final List<Platform> PLATFORMS =
            List.of(Platform.of("linux", "amd64"), Platform.parse("linux/arm64/v8"));

    private final SampleImages samples = new SampleImages(3);

    @TempDir
    private Path temporary;

    private Programs programs;

    @BeforeEach
    void requirePrograms() {
        Programs.require("skopeo", "umoci");
        programs = new Programs(temporary);
    }

    private OciLayoutRegistry open(String path) {
        return OciLayoutRegistry.open(temporary.resolve(path), NAME);
    }

    private void skopeoCopy(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("skopeo", "--insecure-policy", "copy"));
        command.addAll(List.of(arguments));
        programs.run(command);
    }

    /** A layout with the images "first", which is empty, and "second", which has a layer. */
    private void makeUmociLayout() throws Exception {
        programs.run("umoci", "init", "--layout", "umoci");
        programs.run("umoci", "new", "--image", "umoci:first");
        programs.run("umoci", "unpack", "--rootless", "--image", "umoci:first", "bundle");
        Files.writeString(temporary.resolve("bundle/rootfs/file"), "content");
        programs.run("umoci", "repack", "--image", "umoci:second", "bundle");
    }

    private static void requireFirstAndSecond(OciLayoutRegistry registry) {
        Repository app = registry.repository(NAME);
        assertThat(app.tags().list().toList()).containsExactly(FIRST, SECOND);
        for (Tag tag : List.of(FIRST, SECOND)) {
            SampleImages.requireComplete(app, app.tags().resolve(tag).orElseThrow());
        }
        assertThat(((ImageManifest) ManifestDocument.parse(app.manifests().get(SECOND))).layers())
                .hasSize(1);
    }

    @Test
    void aLayoutOfUmociIsRead() throws Exception {
        makeUmociLayout();

        try (OciLayoutRegistry registry = open("umoci")) {
            requireFirstAndSecond(registry);
        }
    }

    @Test
    void aLayoutAndAnArchiveOfSkopeoAreRead() throws Exception {
        makeUmociLayout();
        skopeoCopy("oci:umoci:first", "oci:skopeo:first");
        skopeoCopy("oci:umoci:second", "oci:skopeo:second");
        skopeoCopy("oci:umoci:second", "oci-archive:skopeo.tar:second");

        Manifest second;
        try (OciLayoutRegistry registry = open("skopeo")) {
            requireFirstAndSecond(registry);
            second = registry.repository(NAME).manifests().get(SECOND);
        }
        try (OciLayoutRegistry registry = open("skopeo.tar")) {
            Repository app = registry.repository(NAME);
            assertThat(app.manifests().get(SECOND)).isEqualTo(second);
            SampleImages.requireComplete(app, second.descriptor());
        }
    }

    @Test
    void aDockerArchiveOfSkopeoIsRead() throws Exception {
        makeUmociLayout();
        skopeoCopy("oci:umoci:second", "docker-archive:skopeo-docker.tar:some/name:v2");

        try (OciLayoutRegistry registry = OciLayoutRegistry.openArchive(temporary.resolve("skopeo-docker.tar"))) {
            Repository name = registry.repository(RepositoryName.parse("some/name"));
            Descriptor image = name.tags().resolve(Tag.of("v2")).orElseThrow();
            SampleImages.requireComplete(name, image);
            assertThat(((ImageManifest) ManifestDocument.parse(name.manifests().get(image.digest()))).layers())
                    .hasSize(1);
        }
    }

    @Test
    void skopeoAndUmociReadWhatWeWrote() throws Exception {
        Manifest image;
        Manifest index;
        try (OciLayoutRegistry registry = OciLayoutRegistry.create(temporary.resolve("ours"), NAME)) {
            image = samples.image(registry.repository(NAME), List.of(1000, 100_000), FIRST);
            index = samples.index(registry.repository(NAME), PLATFORMS, SECOND);
        }

        assertThat(programs.run("umoci", "list", "--layout", "ours").lines()).containsExactly("first", "second");
        programs.run("umoci", "unpack", "--rootless", "--image", "ours:first", "unpacked");
        assertThat(temporary.resolve("unpacked/rootfs")).isNotEmptyDirectory();

        skopeoCopy("--preserve-digests", "oci:ours:first", "oci:copied:first");
        skopeoCopy("--preserve-digests", "--multi-arch", "all", "oci:ours:second", "oci:copied:second");
        try (OciLayoutRegistry copied = open("copied")) {
            Repository app = copied.repository(NAME);
            assertThat(app.manifests().get(FIRST)).isEqualTo(image);
            assertThat(app.manifests().get(SECOND)).isEqualTo(index);
            SampleImages.requireComplete(app, index.descriptor());
        }
    }

    @Test
    void skopeoReadsArchivesThatWeMade() throws Exception {
        Reference name = Reference.parse("debian:12");
        Manifest index;
        Manifest image;
        try (OciLayoutRegistry archive = OciLayoutRegistry.createArchive(temporary.resolve("made.tar"), NAME)) {
            index = samples.index(archive.repository(NAME), PLATFORMS, SECOND);
        }
        try (OciLayoutRegistry archive = OciLayoutRegistry.createArchive(temporary.resolve("debian.tar"), name)) {
            image = samples.image(archive.repository(name.repository()), List.of(1000, 50_000), Tag.of("12"));
        }

        skopeoCopy("--preserve-digests", "--multi-arch", "all", "oci-archive:made.tar:second", "oci:taken:second");
        skopeoCopy("docker-archive:debian.tar:debian:12", "oci:taken:debian");
        try (OciLayoutRegistry taken = open("taken")) {
            Repository app = taken.repository(NAME);
            assertThat(app.manifests().get(SECOND)).isEqualTo(index);
            SampleImages.requireComplete(app, index.descriptor());
            assertThat(config(app.manifests().get(Tag.of("debian")))).isEqualTo(config(image));
        }
    }

    private static Digest config(Manifest image) {
        return ((ImageManifest) ManifestDocument.parse(image)).config().digest();
    }

    @Test
    void skopeoAndUmociWriteIntoWhatWeHaveOpen() throws Exception {
        makeUmociLayout();
        try (OciLayoutRegistry registry = OciLayoutRegistry.create(temporary.resolve("shared"), NAME)) {
            Repository app = registry.repository(NAME);
            Manifest ours = samples.image(app, List.of(1000), FIRST);

            skopeoCopy("oci:umoci:second", "oci:shared:second");
            programs.run("umoci", "tag", "--image", "shared:first", "third");

            assertThat(app.tags().list().toList()).containsExactly(FIRST, SECOND, Tag.of("third"));
            assertThat(app.manifests().get(Tag.of("third"))).isEqualTo(ours);
            SampleImages.requireComplete(app, app.tags().resolve(SECOND).orElseThrow());

            app.tags().delete(FIRST);

            assertThat(programs.run("umoci", "list", "--layout", "shared").lines())
                    .containsExactlyInAnyOrder("second", "third");
        }
    }
}

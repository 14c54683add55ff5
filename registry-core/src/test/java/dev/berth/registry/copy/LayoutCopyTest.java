package dev.berth.registry.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.DockerEngine;
import dev.berth.registry.fixtures.Programs;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.layout.OciLayoutRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies into files and out of them, with other programs at the other end. */
class LayoutCopyTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final Tag ONE = Tag.of("1");
    private static final List<Platform> PLATFORMS =
            List.of(Platform.of("linux", "amd64"), Platform.parse("linux/arm64/v8"));

    private final SampleImages samples = new SampleImages(30);
    private final Registry registry = StorageRegistry.over(MemoryObjectStore.create());
    private final Repository app = registry.repository(NAME);
    private final ImageCopier copier = ImageCopier.create();

    @TempDir
    private Path temporary;

    private static ImageLocation at(Registry registry) {
        return ImageLocation.of(registry, NAME, ONE);
    }

    @Test
    void anIndexWithItsSignaturesGoesIntoALayoutAndOutAgain() {
        Manifest index = samples.index(app, PLATFORMS, ONE);
        Manifest signature = samples.referrer(app, index.descriptor(), "application/vnd.example.signature");
        CopyOptions options = CopyOptions.builder().referrers(true).build();
        Registry other = StorageRegistry.over(MemoryObjectStore.create());

        try (OciLayoutRegistry layout = OciLayoutRegistry.create(temporary.resolve("layout"), NAME)) {
            copier.copy(at(registry), at(layout), options);
        }
        try (OciLayoutRegistry layout = OciLayoutRegistry.open(temporary.resolve("layout"), NAME)) {
            copier.copy(at(layout), at(other), options);
        }

        Repository copied = other.repository(NAME);
        assertThat(copied.manifests().get(ONE)).isEqualTo(index);
        SampleImages.requireComplete(copied, index.descriptor());
        SampleImages.requireComplete(copied, signature.descriptor());
        assertThat(copied.manifests().referrers(index.digest()).toList())
                .isEqualTo(app.manifests().referrers(index.digest()).toList());
    }

    @Test
    void aLayoutFollowsARepositoryAndCanBeSynchronisedBack() {
        samples.image(app, List.of(100), ONE);
        samples.image(app, List.of(100), Tag.of("2"));
        RepositoryLocation here = new RepositoryLocation(registry, NAME);
        SyncOptions options = SyncOptions.builder().delete(true).build();
        try (OciLayoutRegistry layout = OciLayoutRegistry.create(temporary.resolve("layout"), NAME)) {
            RepositoryLocation there = new RepositoryLocation(layout, NAME);
            copier.sync(here, there, options);
            app.tags().delete(ONE);
            Manifest two = samples.image(app, List.of(100), Tag.of("2"));

            copier.sync(here, there, options);

            assertThat(layout.repository(NAME).tags().list().toList()).containsExactly(Tag.of("2"));
            assertThat(layout.repository(NAME).manifests().get(Tag.of("2"))).isEqualTo(two);
            assertThat(copier.plan(there, here, options).steps()).isEmpty();
        }
    }

    @Test
    void skopeoAndUmociReadALayoutThatWasCopied() throws Exception {
        Programs.require("skopeo", "umoci");
        Programs programs = new Programs(temporary);
        Manifest index = samples.index(app, PLATFORMS, ONE);
        try (OciLayoutRegistry layout = OciLayoutRegistry.create(temporary.resolve("layout"), NAME)) {
            copier.copy(at(registry), at(layout));
            copier.copy(
                    at(registry),
                    ImageLocation.of(layout, NAME, Tag.of("arm")),
                    CopyOptions.builder().platform(PLATFORMS.get(1)).build());
        }

        programs.run(
                "skopeo",
                "--insecure-policy",
                "copy",
                "--preserve-digests",
                "--multi-arch",
                "all",
                "oci:layout:1",
                "oci:checked:1");
        programs.run("umoci", "unpack", "--rootless", "--image", "layout:arm", "unpacked");

        try (OciLayoutRegistry checked = OciLayoutRegistry.open(temporary.resolve("checked"), NAME)) {
            assertThat(checked.repository(NAME).manifests().get(ONE)).isEqualTo(index);
        }
        assertThat(programs.run("skopeo", "--insecure-policy", "inspect", "--raw", "oci:layout:arm"))
                .contains("\"layers\"");
    }

    @Test
    void aBlobOfALayoutThatWasCutIsMended() throws Exception {
        Manifest image = samples.image(app, List.of(50_000), ONE);
        Path directory = temporary.resolve("layout");
        try (OciLayoutRegistry layout = OciLayoutRegistry.create(directory, NAME)) {
            copier.copy(at(registry), at(layout));
            Path largest;
            try (var files = Files.list(directory.resolve("blobs/sha256"))) {
                largest = files.max(
                                Comparator.comparingLong(file -> file.toFile().length()))
                        .orElseThrow();
            }
            Files.write(largest, new byte[10]);

            CopyResult result = copier.copy(at(registry), at(layout));

            assertThat(result.blobs().copied()).isEqualTo(1);
            SampleImages.requireComplete(layout.repository(NAME), image.descriptor());
        }
    }

    @Test
    void whatTheDockerEngineSavedGoesIntoARegistry() throws Exception {
        try (DockerEngine engine = DockerEngine.start(temporary)) {
            Programs programs = new Programs(temporary);
            Files.write(temporary.resolve("root.tar"), samples.layer(100_000));
            programs.run("docker", "--host", engine.host(), "import", "root.tar", "saved:7");
            programs.run("docker", "--host", engine.host(), "save", "-o", "saved.tar", "saved:7");
        }
        try (OciLayoutRegistry archive = OciLayoutRegistry.openArchive(temporary.resolve("saved.tar"))) {
            CopyResult result = copier.copy(ImageLocation.of(archive, "library/saved:7"), at(registry));

            SampleImages.requireComplete(app, result.target());
            assertThat(app.tags().resolve(ONE).map(Descriptor::digest))
                    .contains(result.target().digest());
        }
    }
}

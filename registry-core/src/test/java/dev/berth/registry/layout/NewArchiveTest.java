package dev.berth.registry.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.Reference;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.manifest.ImageManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that are made, and read again. */
class NewArchiveTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final Reference IMAGE = Reference.parse("localhost:5000/team/app:1.0");
    private static final Tag ONE = Tag.of("1.0");

    private final SampleImages samples = new SampleImages(15);

    @TempDir
    Path directory;

    private Path archive() {
        return directory.resolve("new/app.tar");
    }

    private void expectFiles(String... names) throws IOException {
        try (Stream<Path> files = Files.list(archive().getParent())) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder(names);
        }
    }

    @Test
    void whatWasPushedIsThereUnderItsWholeName() throws IOException {
        Manifest image;
        try (OciLayoutRegistry made = OciLayoutRegistry.createArchive(archive(), IMAGE)) {
            image = samples.image(made.repository(NAME), List.of(10, 70_000), ONE, Tag.LATEST);
            assertThat(archive()).doesNotExist();
            assertThat(made).hasToString("the archive " + archive());
        }

        expectFiles("app.tar");
        try (OciLayoutRegistry read = OciLayoutRegistry.openArchive(archive())) {
            assertThat(read.repositories().toList()).containsExactly(NAME);
            Repository app = read.repository(NAME);
            assertThat(app.tags().list().toList()).containsExactly(ONE, Tag.LATEST);
            assertThat(app.manifests().get(ONE)).isEqualTo(image);
            SampleImages.requireComplete(app, image.descriptor());
            assertThat(read.entries())
                    .extracting(entry -> entry.annotations().get(LayoutNames.IMAGE_NAME))
                    .containsExactlyInAnyOrder("localhost:5000/team/app:1.0", "localhost:5000/team/app:latest");
        }
    }

    @Test
    void aLayoutHasTagsAndNoNames() throws IOException {
        Manifest index;
        try (OciLayoutRegistry made = OciLayoutRegistry.createArchive(archive(), NAME)) {
            index = samples.index(
                    made.repository(NAME), List.of(Platform.of("linux", "amd64"), Platform.of("linux", "arm64")), ONE);
        }

        try (OciLayoutRegistry read = OciLayoutRegistry.open(archive(), NAME)) {
            SampleImages.requireComplete(
                    read.repository(NAME),
                    read.repository(NAME).manifests().get(ONE).descriptor());
            assertThat(read.entries()).containsExactly(LayoutNames.tagged(index.descriptor(), ONE));
        }
        assertThat(TarIndex.read(archive()).find(DockerArchive.MANIFEST)).isEmpty();
    }

    @Test
    void theSameContentGivesTheSameBytes() throws IOException {
        Path second = directory.resolve("second.tar");
        for (Path file : List.of(archive(), second)) {
            try (OciLayoutRegistry made = OciLayoutRegistry.createArchive(file, IMAGE)) {
                new SampleImages(1).image(made.repository(NAME), List.of(10, 20), ONE);
            }
        }

        assertThat(second).hasSameBinaryContentAs(archive());
    }

    @Test
    void blobsWithLongDigestsAreThere() throws IOException {
        byte[] config = "{}".getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.of(DigestAlgorithm.SHA512, config);
        try (OciLayoutRegistry made = OciLayoutRegistry.createArchive(archive(), NAME)) {
            Repository app = made.repository(NAME);
            app.blobs().push(digest, BlobSource.of(config));
            Descriptor descriptor = Descriptor.of(MediaTypes.OCI_EMPTY, digest, config.length);
            app.manifests().put(ImageManifest.of(descriptor, List.of()).toManifest(), ONE);
        }

        try (OciLayoutRegistry read = OciLayoutRegistry.open(archive(), NAME)) {
            assertThat(SampleImages.read(read.repository(NAME), digest)).isEqualTo(config);
        }
    }

    @Test
    void withoutATagNothingIsWritten() throws IOException {
        try (OciLayoutRegistry made = OciLayoutRegistry.createArchive(archive(), IMAGE)) {
            samples.image(made.repository(NAME), List.of(10));
        }

        expectFiles();
    }

    @Test
    void closingTwiceIsSafeAndNothingCanBeWrittenAfterwards() {
        OciLayoutRegistry made = OciLayoutRegistry.createArchive(archive(), IMAGE);
        samples.image(made.repository(NAME), List.of(10), ONE);

        made.close();
        made.close();

        assertThat(archive()).isRegularFile();
        assertThatThrownBy(() -> samples.image(made.repository(NAME), List.of(10), ONE))
                .hasMessageContaining("was closed");
    }

    @Test
    void whatIsThereIsNotReplaced() throws IOException {
        Files.createDirectories(archive().getParent());
        Files.writeString(archive(), "precious");

        assertThatThrownBy(() -> OciLayoutRegistry.createArchive(archive(), IMAGE))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REQUEST_INVALID))
                .hasMessageContaining(archive().toString())
                .hasMessageContaining("there already");
        assertThat(archive()).hasContent("precious");
        expectFiles("app.tar");
    }
}

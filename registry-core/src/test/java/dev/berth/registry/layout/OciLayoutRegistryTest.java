package dev.berth.registry.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.UploadId;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is particular to a layout in a directory; that it is a registry, the contract tests check. */
class OciLayoutRegistryTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final Tag ONE = Tag.of("1");
    private static final Tag TWO = Tag.of("2");

    private final SampleImages samples = new SampleImages(1);
    private Path directory;
    private OciLayoutRegistry registry;
    private Repository app;

    @BeforeEach
    void createLayout(@TempDir Path temporary) {
        directory = temporary.resolve("new/layout");
        registry = OciLayoutRegistry.create(directory, NAME);
        app = registry.repository(NAME);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private ImageIndex indexJson() throws IOException {
        return (ImageIndex) ManifestDocument.parse(Manifest.of(
                "application/vnd.oci.image.index.v1+json", Files.readAllBytes(directory.resolve("index.json"))));
    }

    private Path blobFile(Digest digest) {
        return directory.resolve("blobs/" + digest.algorithm() + "/" + digest.hex());
    }

    private static Descriptor named(Manifest manifest, Tag tag) {
        return LayoutNames.tagged(manifest.descriptor(), tag);
    }

    @Test
    void anEmptyLayoutIsWhatTheSpecificationSays() throws IOException {
        assertThat(directory.resolve("oci-layout")).hasContent("{\"imageLayoutVersion\":\"1.0.0\"}");
        assertThat(directory.resolve("blobs")).isDirectory();
        assertThat(indexJson().manifests()).isEmpty();
        assertThat(registry.repositories().toList()).isEmpty();
    }

    @Test
    void whatIsPushedIsInFilesNamedByDigest() throws IOException {
        Manifest image = samples.image(app, List.of(10, 70_000), ONE);

        assertThat(Files.readAllBytes(blobFile(image.digest()))).isEqualTo(image.bytes());
        for (Descriptor layer : ((ImageManifest) ManifestDocument.parse(image)).layers()) {
            assertThat(Digest.sha256(Files.readAllBytes(blobFile(layer.digest()))))
                    .isEqualTo(layer.digest());
        }
        assertThat(indexJson().manifests()).containsExactly(named(image, ONE));
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("oci-layout", "index.json", "blobs");
        }
    }

    @Test
    void anotherObjectSeesWhatOneHasWritten() {
        Manifest image = samples.image(app, List.of(10), ONE);

        try (OciLayoutRegistry reopened = OciLayoutRegistry.open(directory, NAME)) {
            assertThat(reopened.repositories().toList()).containsExactly(NAME);
            assertThat(reopened.repository(NAME).manifests().get(ONE)).isEqualTo(image);
            assertThat(reopened.identity()).isEqualTo(registry.identity());
            SampleImages.requireComplete(reopened.repository(NAME), image.descriptor());
        }
    }

    @Test
    void theManifestsOfAnIndexAreListedOnlyByIt() throws IOException {
        Manifest index = samples.index(app, List.of(Platform.of("linux", "amd64"), Platform.of("linux", "arm64")), ONE);

        assertThat(indexJson().manifests()).containsExactly(named(index, ONE));
        SampleImages.requireComplete(app, index.descriptor());
    }

    @Test
    void deletingAnIndexLeavesItsManifestsFoundByDigest() throws IOException {
        Manifest index =
                samples.index(app, List.of(Platform.of("linux", "amd64"), Platform.of("linux", "arm64")), ONE, TWO);
        List<Descriptor> children = ((ImageIndex) ManifestDocument.parse(index)).manifests();

        assertThat(app.manifests().delete(index.digest()).tags()).containsExactly(ONE, TWO);

        assertThat(app.manifests().find(index.digest())).isEmpty();
        assertThat(blobFile(index.digest())).doesNotExist();
        for (Descriptor child : children) {
            SampleImages.requireComplete(app, child);
        }
        assertThat(indexJson().manifests().stream().map(Descriptor::digest).toList())
                .containsExactlyElementsOf(
                        children.stream().map(Descriptor::digest).toList());
    }

    @Test
    void movingATagKeepsWhatItNamedBefore() throws IOException {
        Manifest before = samples.image(app, List.of(10), ONE);
        Manifest after = samples.image(app, List.of(10), ONE);

        assertThat(app.manifests().get(ONE)).isEqualTo(after);
        assertThat(app.manifests().get(before.digest())).isEqualTo(before);
        assertThat(indexJson().manifests()).containsExactly(before.descriptor(), named(after, ONE));
    }

    @Test
    void deletingOneOfTwoTagsLeavesTheOtherAndDeletingTheLastLeavesTheManifest() throws IOException {
        Manifest image = samples.image(app, List.of(10), ONE, TWO);

        assertThat(app.tags().delete(ONE)).isTrue();
        assertThat(indexJson().manifests()).containsExactly(named(image, TWO));
        assertThat(app.tags().delete(TWO)).isTrue();
        assertThat(indexJson().manifests()).containsExactly(image.descriptor());
        assertThat(app.tags().delete(TWO)).isFalse();
        assertThat(app.manifests().get(image.digest())).isEqualTo(image);
    }

    @Test
    void whatOtherProgramsWroteIntoTheIndexStays() throws IOException {
        Manifest image = samples.image(app, List.of(10), ONE);
        String foreign = Files.readString(directory.resolve("index.json"))
                .replace(
                        "\"manifests\":[{",
                        "\"x-more\":{\"a\":1.50},\"manifests\":[{\"x-own\":true,\"mediaType\":\"application/xml\","
                                + "\"digest\":\"" + image.digest() + "\",\"size\":7,\"annotations\":{\"a\":\"b\"}},{");
        Files.writeString(directory.resolve("index.json"), foreign);

        samples.image(app, List.of(10), TWO);

        assertThat(Files.readString(directory.resolve("index.json")))
                .contains("\"x-more\":{\"a\":1.50}")
                .contains("\"x-own\":true");
        assertThat(app.tags().list().toList()).containsExactly(ONE, TWO);
    }

    @Test
    void aTagThatNamesTwoManifestsIsRefusedAndNamesThem() throws IOException {
        Manifest first = samples.image(app, List.of(10), ONE);
        Manifest second = samples.image(app, List.of(10), TWO);
        Files.writeString(
                directory.resolve("index.json"),
                Files.readString(directory.resolve("index.json"))
                        .replace(
                                "\"org.opencontainers.image.ref.name\":\"2\"",
                                "\"org.opencontainers.image.ref.name\":\"1\""));

        assertThatThrownBy(() -> app.manifests().get(ONE)).isInstanceOfSatisfying(RegistryException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.MANIFEST_INVALID);
            assertThat(e.getMessage())
                    .contains(
                            "team/app:1",
                            first.digest().toString(),
                            second.digest().toString());
        });
        assertThat(app.manifests().get(second.digest())).isEqualTo(second);

        app.tags().put(ONE, second.digest());

        assertThat(app.manifests().get(ONE)).isEqualTo(second);
    }

    @Test
    void aWholeImageNameCountsByItsTag() throws IOException {
        Manifest image = samples.image(app, List.of(10), ONE);
        Files.writeString(
                directory.resolve("index.json"),
                Files.readString(directory.resolve("index.json")).replace(":\"1\"}", ":\"localhost/some/thing:v7\"}"));

        assertThat(app.tags().list().toList()).containsExactly(Tag.of("v7"));
        assertThat(app.manifests().get(Tag.of("v7"))).isEqualTo(image);
    }

    @Test
    void aCorruptBlobNeverReachesItsEnd() throws IOException {
        byte[] layer = samples.layer(200_000);
        Digest digest = Digest.sha256(layer);
        app.blobs().push(digest, BlobSource.of(layer));
        byte[] corrupt = layer.clone();
        corrupt[1000]++;
        Files.write(blobFile(digest), corrupt);

        try (BlobContent content = app.blobs().open(digest);
                InputStream stream = content.stream()) {
            long[] got = new long[1];
            assertThatThrownBy(() -> {
                        byte[] buffer = new byte[8192];
                        for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                            got[0] += read;
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(digest.toString())
                    .hasMessageContaining("corrupt");
            assertThat(got[0]).isPositive().isLessThan(layer.length);
        }
        app.blobs().push(digest, BlobSource.of(layer));
        assertThat(SampleImages.read(app, digest)).isEqualTo(layer);
    }

    @Test
    void aCorruptManifestIsAnErrorThatNamesItsFile() throws IOException {
        Manifest image = samples.image(app, List.of(10), ONE);
        byte[] corrupt = image.bytes();
        corrupt[corrupt.length - 3] ^= 1;
        Files.write(blobFile(image.digest()), corrupt);

        assertThatThrownBy(() -> app.manifests().get(ONE)).isInstanceOfSatisfying(RegistryException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.DIGEST_INVALID);
            assertThat(e.getMessage()).contains("blobs/sha256/" + image.digest().hex(), directory.toString());
        });
    }

    @Test
    void missingFilesAreErrorsThatNameThem() throws IOException {
        Manifest image = samples.image(app, List.of(10), ONE);
        Digest layer =
                ((ImageManifest) ManifestDocument.parse(image)).layers().get(0).digest();
        Files.delete(blobFile(image.digest()));
        Files.delete(blobFile(layer));

        assertThat(app.manifests().find(ONE)).isEmpty();
        assertThatThrownBy(() -> app.manifests().get(ONE))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MANIFEST_UNKNOWN))
                .hasMessageContaining("blobs/sha256/" + image.digest().hex());
        assertThatThrownBy(() -> app.blobs().open(layer))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BLOB_UNKNOWN))
                .hasMessageContaining("blobs/sha256/" + layer.hex());
    }

    @Test
    void anUploadGoesOnInAnotherObject() throws IOException {
        byte[] content = samples.layer(300_000);
        Digest digest = Digest.sha256(content);
        UploadId id;
        try (BlobUpload upload = app.blobs().startUpload()) {
            upload.append(0, BlobSource.of(Arrays.copyOf(content, 100_000)));
            id = upload.id();
        }
        try (OciLayoutRegistry elsewhere = OciLayoutRegistry.open(directory, NAME);
                BlobUpload upload = elsewhere.repository(NAME).blobs().resumeUpload(id)) {
            assertThat(upload.offset()).isEqualTo(100_000);
            upload.append(100_000, BlobSource.of(Arrays.copyOfRange(content, 100_000, content.length)));
            assertThat(upload.commit(digest).size()).isEqualTo(content.length);
        }
        assertThat(SampleImages.read(app, digest)).isEqualTo(content);
    }

    @Test
    void anUploadIdIsNeverAPath() {
        for (String id : List.of("../index.json", "x/../../y", "upload", "..")) {
            assertThatThrownBy(() -> app.blobs().resumeUpload(UploadId.of(id)))
                    .isInstanceOfSatisfying(
                            RegistryException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.BLOB_UPLOAD_UNKNOWN));
        }
    }

    @Test
    void anotherRepositoryIsEmptyAndCannotBeWrittenTo() {
        samples.image(app, List.of(10), ONE);
        Repository other = registry.repository(RepositoryName.parse("other"));

        assertThat(other.manifests().find(ONE)).isEmpty();
        assertThatThrownBy(() -> samples.image(other, List.of(10), ONE))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
                .hasMessageContaining("other")
                .hasMessageContaining("team/app");
    }

    @Test
    void aDirectoryWithSomethingElseIsNotMadeALayout(@TempDir Path other) throws IOException {
        Files.writeString(other.resolve("precious.txt"), "x");

        assertThatThrownBy(() -> OciLayoutRegistry.create(other, NAME))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REQUEST_INVALID))
                .hasMessageContaining(other.toString());
        assertThat(other).isDirectoryContaining("glob:**precious.txt").isDirectoryNotContaining("glob:**oci-layout");
    }

    @Test
    void aFileInThePlaceOfTheDirectoryIsToldInWords(@TempDir Path other) throws IOException {
        Path file = Files.writeString(other.resolve("file"), "x");

        assertThatThrownBy(() -> OciLayoutRegistry.create(file, NAME))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(file + " is there already, and is no directory")
                .hasMessageNotContaining("Exception");
        assertThatThrownBy(() -> OciLayoutRegistry.createArchive(file.resolve("app.tar"), NAME))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("Exception");
    }

    @Test
    void whatIsNoLayoutIsRefusedWithTheReason(@TempDir Path other) throws IOException {
        assertRefused(other.resolve("nothing"), ErrorCode.NOT_FOUND, "nothing is there");
        assertRefused(other, ErrorCode.REQUEST_INVALID, "no file oci-layout");
        Files.writeString(other.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        assertRefused(other, ErrorCode.REQUEST_INVALID, "no file index.json");
        Files.writeString(other.resolve("index.json"), "{\"schemaVersion\":2,\"manifests\":[{}]}");
        assertRefused(other, ErrorCode.REQUEST_INVALID, "manifests[0].mediaType");
        Files.writeString(other.resolve("index.json"), "no json");
        assertRefused(other, ErrorCode.REQUEST_INVALID, "index.json is not an image index");
        Files.writeString(other.resolve("oci-layout"), "{\"imageLayoutVersion\":\"2.0.0\"}");
        assertRefused(other, ErrorCode.REQUEST_INVALID, "version 2.0.0");
        Files.writeString(other.resolve("oci-layout"), "{}");
        assertRefused(other, ErrorCode.REQUEST_INVALID, "imageLayoutVersion is missing");
    }

    private static void assertRefused(Path path, ErrorCode code, String why) {
        assertThatThrownBy(() -> OciLayoutRegistry.open(path, NAME))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(path.toString())
                .hasMessageContaining(why);
    }

    @Test
    void afterClosingEveryCallFails() {
        registry.close();

        assertThatThrownBy(() -> app.manifests().find(ONE))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }

    @Test
    void aPushThatFailsLeavesNothing() throws IOException {
        Digest digest = Digest.sha256("expected".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> app.blobs().push(digest, BlobSource.of(new byte[100_000])))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DIGEST_INVALID));

        assertThat(app.blobs().find(digest)).isEmpty();
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("oci-layout", "index.json");
        }
    }
}

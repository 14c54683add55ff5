package dev.berth.registry.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives in the form that {@code docker save} had before it wrote image layouts. */
class DockerArchiveTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final RepositoryName DEBIAN = RepositoryName.parse("library/debian");

    private final SampleImages samples = new SampleImages(2);
    private final byte[] lower = samples.layer(3000);
    private final byte[] upper = samples.layer(1000);
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final StringBuilder images = new StringBuilder();

    @TempDir
    private Path temporary;

    private void addImage(String config, String tags, List<String> layerNames, List<Digest> diffIds) {
        String ids =
                String.join(",", diffIds.stream().map(id -> "\"" + id + "\"").toList());
        files.put(
                config,
                ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"id\":\"" + config
                                + "\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[" + ids + "]}}")
                        .getBytes(UTF_8));
        images.append(images.isEmpty() ? "" : ",")
                .append("{\"Config\":\"" + config + "\",\"RepoTags\":" + tags + ",\"Layers\":["
                        + String.join(
                                ",",
                                layerNames.stream()
                                        .map(name -> "\"" + name + "\"")
                                        .toList()) + "]}");
    }

    private Path archive() throws IOException {
        files.put("manifest.json", ("[" + images + "]").getBytes(UTF_8));
        Path file = temporary.resolve("images.tar");
        Files.write(file, SampleImages.tar(files));
        return file;
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        }
        return compressed.toByteArray();
    }

    private void addUsualImage() {
        files.put("a/layer.tar", lower);
        files.put("b/layer.tar", upper);
        addImage(
                "abc.json",
                "[\"debian:12\",\"registry.example:5000/team/app:1\"]",
                List.of("a/layer.tar", "b/layer.tar"),
                List.of(Digest.sha256(lower), Digest.sha256(upper)));
    }

    @Test
    void anImageHasItsLayersAsTheyAre() throws IOException {
        addUsualImage();

        try (OciLayoutRegistry registry = OciLayoutRegistry.open(archive(), NAME)) {
            Repository app = registry.repository(NAME);
            ImageManifest image =
                    (ImageManifest) ManifestDocument.parse(app.manifests().get(Tag.parse("12")));
            assertThat(image.layers())
                    .containsExactly(
                            Descriptor.of(MediaTypes.OCI_LAYER_TAR, Digest.sha256(lower), lower.length),
                            Descriptor.of(MediaTypes.OCI_LAYER_TAR, Digest.sha256(upper), upper.length));
            assertThat(SampleImages.read(app, image.config().digest())).isEqualTo(files.get("abc.json"));
            assertThat(SampleImages.read(app, Digest.sha256(upper))).isEqualTo(upper);
            assertThat(app.tags().list().toList()).containsExactly(Tag.parse("1"), Tag.parse("12"));
        }
    }

    @Test
    void theNamesInADockerArchiveAreItsRepositories() throws IOException {
        addUsualImage();
        addImage("untagged.json", "null", List.of("a/layer.tar"), List.of(Digest.sha256(lower)));

        try (OciLayoutRegistry registry = OciLayoutRegistry.openArchive(archive())) {
            assertThat(registry.repositories().toList()).containsExactly(DEBIAN, NAME);
            Manifest debian = registry.repository(DEBIAN).manifests().get(Tag.parse("12"));
            assertThat(registry.repository(NAME).manifests().get(Tag.parse("1")))
                    .isEqualTo(debian);
            assertThat(registry.repository(NAME).manifests().find(Tag.parse("12")))
                    .isEmpty();
            assertThat(registry.entries()).hasSize(3);
            SampleImages.requireComplete(registry.repository(DEBIAN), debian.descriptor());
            RepositoryName absent = RepositoryName.parse("absent");
            assertThat(registry.repository(absent).blobs().find(Digest.sha256(lower)))
                    .isEmpty();
        }
    }

    @Test
    void theManifestIsTheSameEachTime() throws IOException {
        addUsualImage();
        Path archive = archive();

        try (OciLayoutRegistry first = OciLayoutRegistry.open(archive, NAME);
                OciLayoutRegistry second = OciLayoutRegistry.openArchive(archive)) {
            assertThat(first.repository(NAME).manifests().get(Tag.parse("12")))
                    .isEqualTo(second.repository(DEBIAN).manifests().get(Tag.parse("12")));
        }
    }

    @Test
    void compressedLayersGetTheDigestOfWhatIsThere() throws IOException {
        byte[] compressed = gzip(lower);
        files.put("layer.tar.gz", compressed);
        addImage("c.json", "[\"x:1\"]", List.of("layer.tar.gz"), List.of(Digest.sha256(lower)));

        try (OciLayoutRegistry registry = OciLayoutRegistry.open(archive(), NAME)) {
            Repository app = registry.repository(NAME);
            ImageManifest image =
                    (ImageManifest) ManifestDocument.parse(app.manifests().get(Tag.parse("1")));
            assertThat(image.layers())
                    .containsExactly(
                            Descriptor.of(MediaTypes.OCI_LAYER_TAR_GZIP, Digest.sha256(compressed), compressed.length));
            SampleImages.requireComplete(app, image.toManifest().descriptor());
        }
    }

    @Test
    void aLayerThatIsNotWhatTheConfigurationSaysFailsWhileItIsRead() throws IOException {
        files.put("layer.tar", lower);
        addImage("c.json", "[\"x:1\"]", List.of("layer.tar"), List.of(Digest.sha256(upper)));

        try (OciLayoutRegistry registry = OciLayoutRegistry.open(archive(), NAME);
                var content = registry.repository(NAME).blobs().open(Digest.sha256(upper))) {
            assertThatThrownBy(() -> content.stream().readAllBytes())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("corrupt");
        }
    }

    @Test
    void nothingCanBeWritten() throws IOException {
        addUsualImage();

        try (OciLayoutRegistry registry = OciLayoutRegistry.open(archive(), NAME)) {
            Repository app = registry.repository(NAME);
            Digest there = app.tags().resolve(Tag.parse("12")).orElseThrow().digest();
            List.<Runnable>of(
                            () -> app.blobs().push(Digest.sha256(upper), BlobSource.of(upper)),
                            () -> app.blobs().startUpload(),
                            () -> app.blobs().delete(Digest.sha256(upper)),
                            () -> app.manifests().put(app.manifests().get(there), Tag.parse("2")),
                            () -> app.manifests().delete(there),
                            () -> app.tags().put(Tag.parse("2"), there),
                            () -> app.tags().delete(Tag.parse("12")))
                    .forEach(write -> assertThatThrownBy(write::run)
                            .isInstanceOfSatisfying(
                                    RegistryException.class,
                                    e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
                            .hasMessageContaining("images.tar"));
        }
    }

    @Test
    void damagedArchivesAreRefusedWithTheReason() throws IOException {
        addImage("c.json", "[\"x:1\"]", List.of("gone.tar"), List.of(Digest.sha256(lower)));
        assertDamaged("its file 'gone.tar' is missing");

        images.setLength(0);
        files.put("layer.tar", lower);
        addImage("c.json", "[\"x:1\"]", List.of("layer.tar"), List.of());
        assertDamaged("has 1 layers, but its configuration 'c.json' names 0");

        images.setLength(0);
        images.append("{\"Config\":\"../c.json\",\"Layers\":[]}");
        assertDamaged("leads out of the archive");

        images.setLength(0);
        images.append("{\"Config\":7}");
        assertDamaged("manifest.json[0].Config must be a string");

        images.setLength(0);
        files.put("c.json", "{}".getBytes(UTF_8));
        images.append("{\"Config\":\"c.json\",\"Layers\":[]}");
        assertDamaged("the configuration 'c.json' in it is not valid: rootfs is missing");
    }

    private void assertDamaged(String why) throws IOException {
        try (OciLayoutRegistry registry = OciLayoutRegistry.open(archive(), NAME)) {
            assertThatThrownBy(() -> registry.repository(NAME).manifests().find(Tag.parse("1")))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                    .hasMessageContaining("images.tar")
                    .hasMessageContaining(why);
        }
    }

    @Test
    void anArchiveWithoutNamesNeedsOne() throws IOException {
        files.put("layer.tar", lower);
        addImage("c.json", "null", List.of("layer.tar"), List.of(Digest.sha256(lower)));
        Path archive = archive();

        assertThatThrownBy(() -> OciLayoutRegistry.openArchive(archive))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REQUEST_INVALID))
                .hasMessageContaining("open it with a repository name");
        try (OciLayoutRegistry registry = OciLayoutRegistry.open(archive, NAME)) {
            Descriptor only = registry.entries().get(0);
            SampleImages.requireComplete(registry.repository(NAME), only);
        }
    }

    @Test
    void otherArchivesAreRefused() throws IOException {
        Path other = temporary.resolve("other.tar");
        Files.write(other, SampleImages.tar(Map.of("etc/passwd", new byte[3])));
        assertThatThrownBy(() -> OciLayoutRegistry.open(other, NAME))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(other.toString())
                .hasMessageContaining("no file oci-layout")
                .hasMessageContaining("docker save");

        byte[] magicOfZstd = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0, 0, 0};
        Files.write(other, magicOfZstd);
        assertThatThrownBy(() -> OciLayoutRegistry.open(other, NAME))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("unzstd");
    }

    /** A small archive could otherwise have a large file read and hashed for each of countless images. */
    @Test
    void aConfigurationOfSeveralImagesIsReadOnce() throws IOException {
        addImage("config.json", "[\"a:1\"]", List.of(), List.of());
        for (int i = 0; i < 100; i++) {
            images.append(",{\"Config\":\"./config.json\",\"Layers\":[]}");
        }
        TarIndex archive = TarIndex.read(archive());
        AtomicInteger opened = new AtomicInteger();
        LayoutFile config = new CountedFile(archive.find("config.json").orElseThrow(), opened);

        new DockerArchiveReader(new LayoutFiles() {
                    @Override
                    public Optional<LayoutFile> find(String path) throws IOException {
                        return path.equals("config.json") ? Optional.of(config) : archive.find(path);
                    }

                    @Override
                    public String place() {
                        return archive.place();
                    }
                })
                .read();

        assertThat(opened).hasValue(1);
    }

    private record CountedFile(LayoutFile file, AtomicInteger opened) implements LayoutFile {
        @Override
        public long size() {
            return file.size();
        }

        @Override
        public InputStream open(long offset, long length) throws IOException {
            opened.incrementAndGet();
            return file.open(offset, length);
        }
    }
}

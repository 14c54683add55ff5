package dev.berth.registry.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
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
import dev.berth.registry.manifest.ManifestDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive for {@code docker load} holds only what Docker can load. */
class DockerLoadableTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final Tag ONE = Tag.parse("1.0");
    private static final String URL = "https://layers.example/base.tar.gz";

    private final SampleImages samples = new SampleImages(25);

    @TempDir
    Path directory;

    private Path archive() {
        return directory.resolve("app.tar");
    }

    private interface Push {
        void into(Repository repository);
    }

    private void expectRefused(Push push, String reason) {
        try (OciLayoutRegistry made = OciLayoutRegistry.createArchive(archive(), Reference.parse("team/app:1.0"))) {
            assertThatThrownBy(() -> push.into(made.repository(NAME)))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
                    .hasMessageContaining("Docker could not load it")
                    .hasMessageContaining(reason);
        }
        assertThat(archive()).doesNotExist();
    }

    private static Descriptor blob(Repository target, String mediaType, byte[] content) {
        target.blobs().push(Digest.sha256(content), BlobSource.of(content));
        return Descriptor.of(mediaType, Digest.sha256(content), content.length);
    }

    private void pushImage(Repository target, String layerType, UnaryOperator<Descriptor> change) {
        Descriptor config = blob(
                target,
                MediaTypes.OCI_CONFIG,
                "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}"
                        .getBytes(StandardCharsets.UTF_8));
        Descriptor layer = change.apply(blob(target, layerType, samples.layer(100)));
        target.manifests().put(ImageManifest.of(config, List.of(layer)).toManifest(), ONE);
    }

    @Test
    void noIndex() {
        expectRefused(
                target -> samples.index(
                        target, List.of(Platform.of("linux", "amd64"), Platform.of("linux", "arm64")), ONE),
                "an index of images");
    }

    @Test
    void noForeignLayer() {
        UnaryOperator<Descriptor> withUrl = layer -> new Descriptor(
                layer.mediaType(),
                layer.digest(),
                layer.size(),
                Optional.empty(),
                Map.of(),
                List.of(URL),
                Optional.empty(),
                Optional.empty());
        expectRefused(target -> pushImage(target, MediaTypes.DOCKER_FOREIGN_LAYER, withUrl), URL);
        expectRefused(target -> pushImage(target, MediaTypes.OCI_LAYER_TAR_GZIP, withUrl), URL);
        expectRefused(
                target -> pushImage(
                        target, MediaTypes.OCI_NONDISTRIBUTABLE_LAYER_PREFIX + "v1.tar+gzip", UnaryOperator.identity()),
                "must not be distributed");
    }

    @Test
    void noEncryptedLayer() {
        expectRefused(
                target -> pushImage(target, MediaTypes.OCI_LAYER_TAR_GZIP + "+encrypted", UnaryOperator.identity()),
                "is encrypted");
    }

    @Test
    void noAttestationAndNoArtifactAlone() {
        expectRefused(
                target -> pushImage(target, "application/vnd.in-toto+json", UnaryOperator.identity()),
                "is an attestation");
        expectRefused(
                target -> {
                    Manifest subject = samples.image(target, List.of(10));
                    Manifest signature = samples.referrer(target, subject.descriptor(), "application/vnd.example.sig");
                    target.tags().put(ONE, signature.digest());
                },
                "application/vnd.example.sig");
    }

    @Test
    void aSignatureOfCosignIsInItWithoutBeingAnImage() throws IOException {
        Manifest image;
        Manifest signature;
        try (OciLayoutRegistry made = OciLayoutRegistry.createArchive(archive(), Reference.parse("team/app:1.0"))) {
            Repository target = made.repository(NAME);
            image = samples.image(target, List.of(10), ONE);
            signature = samples.referrer(target, image.descriptor(), "application/vnd.example.sig");
            target.tags().put(Tag.parse("sha256-" + image.digest().hex() + ".sig"), signature.digest());
        }

        try (OciLayoutRegistry read = OciLayoutRegistry.openArchive(archive())) {
            assertThat(read.repository(NAME).tags().list().toList()).containsExactly(ONE);
            assertThat(read.entries()).extracting(Descriptor::digest).contains(signature.digest());
            assertThat(ManifestDocument.parse(read.repository(NAME).manifests().get(ONE)))
                    .isInstanceOf(ImageManifest.class);
        }
        try (var content = TarIndex.read(archive())
                .find(DockerArchive.MANIFEST)
                .orElseThrow()
                .open(0, 100)) {
            assertThat(content.readAllBytes()).isNotEmpty();
        }
        assertThat(new String(
                        TarIndex.read(archive())
                                .find(DockerArchive.MANIFEST)
                                .orElseThrow()
                                .read(DockerArchive.MANIFEST, 10_000),
                        StandardCharsets.UTF_8))
                .contains("team/app:1.0")
                .doesNotContain(".sig");
    }
}

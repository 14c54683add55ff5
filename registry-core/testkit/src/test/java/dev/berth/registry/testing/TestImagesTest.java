package dev.berth.registry.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestImagesTest {
    private final TestRegistry registry = TestRegistry.builder().withoutSocket().start();

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void theEmptyImageHasNoLayers() {
        assertThat(manifest(registry.push("app:1.0", TestImages.empty())).layers())
                .isEmpty();
    }

    @Test
    void theFilesThatWereGivenAreInTheImage() throws IOException {
        Descriptor image = registry.push("app:1.0", TestImages.withFiles(Map.of("etc/motd", "hello\n", "srv/a", "b")));

        Descriptor layer = manifest(image).layers().get(0);

        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(blob(layer.digest()))))) {
            TarArchiveEntry first = tar.getNextEntry();
            assertThat(first.getName()).isEqualTo("etc/motd");
            assertThat(new String(tar.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("hello\n");
            assertThat(tar.getNextEntry().getName()).isEqualTo("srv/a");
            assertThat(tar.getNextEntry()).isNull();
        }
    }

    @Test
    void anImageForTwoPlatformsIsAnIndex() {
        Descriptor index = registry.push("app:1.0", TestImages.multiPlatform());

        ImageIndex document =
                (ImageIndex) ManifestDocument.parse(app().manifests().get(index.digest()));

        assertThat(document.manifests().stream()
                        .map(m -> m.platform().orElseThrow().architecture()))
                .containsExactlyInAnyOrder("amd64", "arm64");
    }

    @Test
    void anImageWithReferrersHasThem() {
        Descriptor image = registry.push("app:1.0", TestImages.withReferrers());

        List<Descriptor> referrers = app().manifests().referrers(image.digest()).toList();

        assertThat(referrers)
                .extracting(r -> r.artifactType().orElseThrow())
                .containsExactlyInAnyOrder("application/spdx+json", "application/vnd.example.signature.v1");
    }

    @Test
    void theBrokenLayerIsTheOneThatWasPromisedAndNoGzip() throws IOException {
        Descriptor image = registry.push("app:1.0", TestImages.withBrokenLayer());

        Descriptor layer = manifest(image).layers().get(0);
        byte[] content = blob(layer.digest());

        assertThat(Digest.sha256(content)).isEqualTo(layer.digest());
        assertThatThrownBy(() -> new GZIPInputStream(new ByteArrayInputStream(content)))
                .isInstanceOf(ZipException.class);
    }

    @Test
    void theMissingLayerIsMissing() {
        Descriptor image = registry.push("app:1.0", TestImages.withMissingLayer());

        Descriptor layer = manifest(image).layers().get(0);

        assertThatThrownBy(() -> blob(layer.digest()))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BLOB_UNKNOWN));
    }

    @Test
    void eachImageHasTheSameDigestWheneverItIsPushed() {
        for (TestImage image : List.of(
                TestImages.empty(),
                TestImages.withFiles(Map.of("a", "1", "b", "2")),
                TestImages.multiPlatform(),
                TestImages.withReferrers(),
                TestImages.withBrokenLayer())) {
            assertThat(registry.push("one:1.0", image).digest())
                    .isEqualTo(registry.push("two:2.0", image).digest());
        }
    }

    private Repository app() {
        return registry.registry().repository(RepositoryName.parse("app"));
    }

    private ImageManifest manifest(Descriptor image) {
        return (ImageManifest) ManifestDocument.parse(app().manifests().get(image.digest()));
    }

    private byte[] blob(Digest digest) throws IOException {
        try (BlobContent content = app().blobs().open(digest)) {
            return content.stream().readAllBytes();
        }
    }
}

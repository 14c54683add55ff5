package dev.berth.registry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.copy.WatchedRegistry.Kind;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.manifest.ImageConfig;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.memory.MemoryObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Layers that are plain tars are compressed on their way, to the same digest each time. */
class CompressedCopyTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final Tag ONE = Tag.parse("1");

    private final SampleImages samples = new SampleImages(62);
    private final WatchedRegistry from = new WatchedRegistry(StorageRegistry.over(MemoryObjectStore.create()));
    private final WatchedRegistry to = new WatchedRegistry(StorageRegistry.over(MemoryObjectStore.create()));
    private final Repository source = from.repository(NAME);
    private final Repository target = to.repository(NAME);
    private final List<CopyProgress> progress = new ArrayList<>();

    private CopyResult copy(ManifestSelector selector) {
        return ImageCopier.create()
                .copy(
                        ImageLocation.of(from, NAME, ONE),
                        ImageLocation.of(to, NAME, selector),
                        CopyOptions.builder()
                                .compression(LayerCompression.GZIP)
                                .listener(progress::add)
                                .build());
    }

    private static byte[] unpacked(byte[] gzip) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes();
    }

    @Test
    void theManifestNamesTheCompressedLayersAndTheConfigurationStays() throws IOException {
        Manifest before = samples.image(source, List.of(10, 300_000), ONE);

        CopyResult result = copy(ONE);

        ImageManifest original = (ImageManifest) ManifestDocument.parse(before);
        ImageManifest image =
                (ImageManifest) ManifestDocument.parse(target.manifests().get(ONE));
        assertThat(image.config()).isEqualTo(original.config());
        assertThat(image.layers()).extracting(Descriptor::mediaType).containsOnly(MediaTypes.OCI_LAYER_TAR_GZIP);
        List<Digest> diffIds = ImageConfig.read(target, image.config()).diffIds();
        for (int i = 0; i < diffIds.size(); i++) {
            byte[] layer = SampleImages.read(target, image.layers().get(i).digest());
            assertThat(Digest.sha256(unpacked(layer))).isEqualTo(diffIds.get(i));
            assertThat(target.blobs().find(original.layers().get(i).digest())).isEmpty();
        }
        SampleImages.requireComplete(target, result.target());
        assertThat(result.digestChanged()).isTrue();
        assertThat(result.blobs().copied()).isEqualTo(3);
        CopyProgress last = progress.get(progress.size() - 1);
        assertThat(last.bytesDone()).isEqualTo(last.bytesTotal());
        assertThat(from.open()).isEmpty();
    }

    @Test
    void aSecondCopyMovesNothing() {
        samples.image(source, List.of(10, 5000), ONE);
        CopyResult first = copy(ONE);
        to.forget();

        CopyResult second = copy(ONE);

        assertThat(second.target()).isEqualTo(first.target());
        assertThat(to.done(Kind.PUSH_BLOB)).isEmpty();
        assertThat(second.blobs()).isEqualTo(new CopyCounts(0, 0, 3, 0, 0));
    }

    @Test
    void allImagesOfAnIndexAreCompressedAndWhatTheyShareOnce() {
        samples.index(source, List.of(Platform.of("linux", "amd64"), Platform.of("linux", "arm64")), ONE);

        CopyResult result = copy(ONE);

        ImageIndex index =
                (ImageIndex) ManifestDocument.parse(target.manifests().get(ONE));
        assertThat(index.manifests())
                .allSatisfy(child -> assertThat(((ImageManifest) ManifestDocument.parse(
                                        target.manifests().get(child.digest())))
                                .layers())
                        .extracting(Descriptor::mediaType)
                        .containsOnly(MediaTypes.OCI_LAYER_TAR_GZIP));
        SampleImages.requireComplete(target, result.target());
        assertThat(to.done(Kind.PUSH_BLOB)).doesNotHaveDuplicates().hasSize(5);
    }

    @Test
    void aTargetNamedByDigestGetsThoseBytes() {
        Manifest image = samples.image(source, List.of(10), ONE);

        copy(image.digest());

        assertThat(target.manifests().get(image.digest())).isEqualTo(image);
    }

    @Test
    void contentThatIsNotWhatItsDigestSaysIsNotCompressed() {
        Manifest image = samples.image(source, List.of(3000), ONE);
        Descriptor layer =
                ((ImageManifest) ManifestDocument.parse(image)).layers().get(0);

        assertThatThrownBy(() -> ImageCopier.create()
                        .copy(
                                ImageLocation.of(new LyingRegistry(from, layer.digest()), NAME, ONE),
                                ImageLocation.of(to, NAME, ONE),
                                CopyOptions.builder()
                                        .compression(LayerCompression.GZIP)
                                        .build()))
                .hasMessageContaining(layer.digest().toString());
        assertThat(target.manifests().find(ONE)).isEmpty();
    }

    @Test
    void aSynchronisationDoesNotCompress() {
        CopyOptions options =
                CopyOptions.builder().compression(LayerCompression.GZIP).build();

        assertThatThrownBy(() -> SyncOptions.builder().copy(options)).isInstanceOf(IllegalArgumentException.class);
    }
}

package dev.berth.registry.copy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.copy.WatchedRegistry.Kind;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.memory.MemoryObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImageCopierTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final RepositoryName OTHER = RepositoryName.parse("other/app");
    private static final Tag ONE = Tag.parse("1");
    private static final List<Platform> PLATFORMS =
            List.of(Platform.of("linux", "amd64"), Platform.parse("linux/arm64/v8"), Platform.parse("linux/arm/v6"));

    private final SampleImages samples = new SampleImages(10);
    private final WatchedRegistry from = new WatchedRegistry(StorageRegistry.over(MemoryObjectStore.create()));
    private final WatchedRegistry to = new WatchedRegistry(StorageRegistry.over(MemoryObjectStore.create()));
    private final Repository source = from.repository(NAME);
    private final Repository target = to.repository(NAME);
    private final ImageCopier copier = ImageCopier.create();

    private static ImageLocation at(Registry registry, RepositoryName name) {
        return ImageLocation.of(registry, name, ONE);
    }

    private CopyResult copy() {
        return copier.copy(at(from, NAME), at(to, NAME));
    }

    @Test
    void anImageArrivesByteForByteWithItsBlobs() {
        Manifest image = samples.image(source, List.of(10, 100_000, 3000), ONE);

        CopyResult result = copy();

        Manifest copied = target.manifests().get(ONE);
        assertThat(copied.bytes()).isEqualTo(image.bytes());
        assertThat(copied.mediaType()).isEqualTo(image.mediaType());
        SampleImages.requireComplete(target, image.descriptor());
        assertThat(result.target()).isEqualTo(image.descriptor());
        assertThat(result.digestChanged()).isFalse();
        assertThat(result.blobs().copied()).isEqualTo(4);
        assertThat(result.manifests()).isEqualTo(new CopyCounts(1, 0, 0, 0, image.size()));
    }

    @Test
    void anIndexArrivesWithAllItsPlatforms() {
        Manifest index = samples.index(source, PLATFORMS, ONE);

        CopyResult result = copy();

        assertThat(target.manifests().get(ONE)).isEqualTo(index);
        SampleImages.requireComplete(target, index.descriptor());
        assertThat(result.manifests().copied()).isEqualTo(4);
    }

    @Test
    void aBlobThatManifestsShareIsMovedOnce() {
        samples.index(source, PLATFORMS, ONE);

        CopyResult result = copy();

        assertThat(to.done(Kind.PUSH_BLOB)).doesNotHaveDuplicates();
        assertThat(from.done(Kind.OPEN_BLOB)).doesNotHaveDuplicates();
        // A layer and a configuration each, and the layer that they share.
        assertThat(result.blobs().copied()).isEqualTo(7);
    }

    @Test
    void aSecondCopyMovesNothing() {
        samples.index(source, PLATFORMS, ONE);
        copy();
        to.forget();

        CopyResult result = copy();

        assertThat(result.blobs()).isEqualTo(new CopyCounts(0, 0, 7, 0, 0));
        assertThat(result.manifests()).isEqualTo(new CopyCounts(0, 0, 4, 0, 0));
        assertThat(to.begun(Kind.PUSH_BLOB)).isEmpty();
        assertThat(to.begun(Kind.PUT_MANIFEST)).isEmpty();
    }

    @Test
    void aMovedTagIsSetToWhatIsThereAlready() {
        Manifest first = samples.image(source, List.of(10), ONE);
        copy();
        Manifest second = samples.image(source, List.of(10), ONE);
        copy();
        assertThat(target.manifests().get(ONE)).isEqualTo(second);

        copier.copy(ImageLocation.of(from, NAME, first.digest()), at(to, NAME));

        assertThat(target.manifests().get(ONE)).isEqualTo(first);
    }

    @Test
    void withinOneRegistryBlobsAreMounted() {
        Manifest image = samples.image(source, List.of(10, 100_000), ONE);

        CopyResult result = copier.copy(at(from, NAME), at(from, OTHER));

        assertThat(result.blobs()).isEqualTo(new CopyCounts(0, 3, 0, 0, 0));
        assertThat(from.begun(Kind.OPEN_BLOB)).isEmpty();
        SampleImages.requireComplete(from.repository(OTHER), image.descriptor());
    }

    @Test
    void aTagInTheSameRepositoryNeedsNoBlobs() {
        Manifest image = samples.image(source, List.of(10), ONE);

        CopyResult result = copier.copy(at(from, NAME), ImageLocation.of(from, NAME, Tag.parse("2")));

        assertThat(result.blobs()).isEqualTo(new CopyCounts(0, 0, 2, 0, 0));
        assertThat(source.manifests().get(Tag.parse("2"))).isEqualTo(image);
    }

    @Test
    void whatOneCopyBroughtAnotherOneMounts() {
        Manifest image = samples.image(source, List.of(10, 100_000), ONE);
        copy();

        CopyResult result = copier.copy(at(from, NAME), at(to, OTHER));

        assertThat(result.blobs()).isEqualTo(new CopyCounts(0, 3, 0, 0, 0));
        assertThat(to.done(Kind.PUSH_BLOB)).doesNotHaveDuplicates();
        SampleImages.requireComplete(to.repository(OTHER), image.descriptor());
    }

    @Test
    void whereMountingIsRefusedBlobsAreMoved() {
        Manifest image = samples.image(source, List.of(10), ONE);
        from.guard(call -> {
            if (call.kind() == Kind.MOUNT_BLOB) {
                throw RegistryException.of(ErrorCode.DENIED, "You may not read there");
            }
        });

        CopyResult result = copier.copy(at(from, NAME), at(from, OTHER));

        assertThat(result.blobs().copied()).isEqualTo(2);
        SampleImages.requireComplete(from.repository(OTHER), image.descriptor());
    }

    @Test
    void betweenDifferentRegistriesNothingIsMounted() {
        samples.image(source, List.of(10), ONE);
        copy();

        assertThat(to.begun(Kind.MOUNT_BLOB)).isEmpty();
    }

    @Test
    void digestsOfAnotherAlgorithmAreKept() {
        byte[] layer = samples.layer(1000);
        byte[] config = "{}".getBytes(UTF_8);
        Digest layerDigest = Digest.compute(DigestAlgorithm.SHA512, layer);
        Digest configDigest = Digest.compute(DigestAlgorithm.SHA512, config);
        source.blobs().push(layerDigest, BlobSource.of(layer));
        source.blobs().push(configDigest, BlobSource.of(config));
        byte[] bytes = ImageManifest.of(
                        Descriptor.of(MediaTypes.OCI_CONFIG, configDigest, config.length),
                        List.of(Descriptor.of(MediaTypes.OCI_LAYER_TAR, layerDigest, layer.length)))
                .toManifest()
                .bytes();
        Manifest image = Manifest.of(MediaTypes.OCI_MANIFEST, bytes, DigestAlgorithm.SHA512);
        source.manifests().put(image);

        copier.copy(ImageLocation.of(from, NAME, image.digest()), ImageLocation.of(to, NAME, image.digest()));

        assertThat(target.manifests().get(image.digest())).isEqualTo(image);
        assertThat(target.blobs().find(layerDigest)).isPresent();
    }

    @Test
    void aTargetDigestMustBeThatOfTheImage() {
        samples.image(source, List.of(10), ONE);
        Digest wrong = Digest.sha256("x".getBytes(UTF_8));

        assertThatThrownBy(() -> copier.copy(at(from, NAME), ImageLocation.of(to, NAME, wrong)))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DIGEST_INVALID))
                .hasMessageContaining(wrong.toString());
        assertThat(to.begun(Kind.PUSH_BLOB)).isEmpty();
    }

    @Test
    void layersThatAreElsewhereArePassedOverIfTheSourceLacksThem() {
        byte[] config = "{}".getBytes(UTF_8);
        source.blobs().push(Digest.sha256(config), BlobSource.of(config));
        byte[] kept = samples.layer(10);
        source.blobs().push(Digest.sha256(kept), BlobSource.of(kept));
        Descriptor elsewhere = new Descriptor(
                MediaTypes.OCI_LAYER_TAR,
                Digest.sha256("elsewhere".getBytes(UTF_8)),
                9,
                Optional.empty(),
                Map.of(),
                List.of("https://elsewhere.example/layer"),
                Optional.empty(),
                Optional.empty());
        Descriptor foreign = Descriptor.of(MediaTypes.DOCKER_FOREIGN_LAYER, Digest.sha256(kept), kept.length);
        Manifest image = ImageManifest.of(
                        Descriptor.of(MediaTypes.OCI_CONFIG, Digest.sha256(config), config.length),
                        List.of(elsewhere, foreign))
                .toManifest();
        source.manifests().put(image, ONE);

        CopyResult result = copy();

        assertThat(result.blobs().copied()).isEqualTo(2);
        assertThat(result.blobs().external()).isEqualTo(1);
        assertThat(target.manifests().get(ONE)).isEqualTo(image);
        assertThat(target.blobs().find(Digest.sha256(kept))).isPresent();
    }

    @Test
    void blobsThatAnIndexListsAreCopiedAsBlobs() {
        byte[] cache = samples.layer(500);
        source.blobs().push(Digest.sha256(cache), BlobSource.of(cache));
        Manifest index = ImageIndex.of(
                        List.of(Descriptor.of(MediaTypes.OCI_LAYER_TAR, Digest.sha256(cache), cache.length)))
                .toManifest();
        source.manifests().put(index, ONE);

        copy();

        assertThat(target.manifests().get(ONE)).isEqualTo(index);
        assertThat(SampleImages.read(target, Digest.sha256(cache))).isEqualTo(cache);
    }

    @Test
    void aManifestOfAnUnknownTypeIsCopiedAsItIs() {
        Manifest unknown = Manifest.of("application/vnd.example.thing+json", "{\"a\":1}".getBytes(UTF_8));
        source.manifests().put(unknown, ONE);

        copy();

        assertThat(target.manifests().get(ONE)).isEqualTo(unknown);
    }

    @Test
    void whatTheSourceLacksIsNamed() {
        assertThatThrownBy(this::copy)
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MANIFEST_UNKNOWN))
                .hasMessageContaining("team/app:1")
                .hasMessageContaining(from.identity().toString());

        Manifest image = samples.image(source, List.of(1000), ONE);
        Digest layer =
                ((ImageManifest) ManifestDocument.parse(image)).layers().get(0).digest();
        source.blobs().delete(layer);

        assertThatThrownBy(this::copy)
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BLOB_UNKNOWN))
                .hasMessageContaining(layer.toString())
                .hasMessageContaining("reading it from team/app")
                .hasMessageContaining(from.identity().toString())
                .hasMessageContaining(to.identity().toString());
        assertThat(target.manifests().find(ONE)).isEmpty();
    }

    @Test
    void aSourceThatIsCutOrLiesIsAnErrorAndLeavesNothing() {
        Manifest image = samples.image(source, List.of(200_000), ONE);
        Descriptor layer =
                ((ImageManifest) ManifestDocument.parse(image)).layers().get(0);
        Registry lying = new LyingRegistry(from, layer.digest());

        assertThatThrownBy(() -> copier.copy(at(lying, NAME), at(to, NAME)))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DIGEST_INVALID))
                .hasMessageContaining(layer.digest().toString());
        assertThat(target.blobs().find(layer.digest())).isEmpty();
        assertThat(target.manifests().find(ONE)).isEmpty();
    }

    @Test
    void aBlobOfTheWrongSizeIsPushedAgain() {
        Manifest image = samples.image(source, List.of(1000), ONE);
        copy();
        Descriptor layer =
                ((ImageManifest) ManifestDocument.parse(image)).layers().get(0);
        to.forget();
        Registry cut = new CutRegistry(to, layer.digest());

        CopyResult result = copier.copy(at(from, NAME), at(cut, NAME));

        assertThat(result.blobs().copied()).isEqualTo(1);
        assertThat(to.done(Kind.PUSH_BLOB)).containsExactly(layer.digest().toString());
    }

    @Test
    void aTargetThatBeginsAnewReadsTheSourceAgain() {
        Manifest image = samples.image(source, List.of(700_000), ONE);
        Descriptor layer =
                ((ImageManifest) ManifestDocument.parse(image)).layers().get(0);
        List<CopyProgress> told = new ArrayList<>();
        CopyOptions options = CopyOptions.builder().listener(told::add).build();

        CopyResult result = copier.copy(at(from, NAME), at(new RetryingRegistry(to, 600_000), NAME), options);

        assertThat(SampleImages.read(target, layer.digest())).hasSize((int) layer.size());
        assertThat(from.done(Kind.OPEN_BLOB).stream().filter(layer.digest().toString()::equals))
                .hasSize(2);
        assertThat(from.open()).isEmpty();
        assertThat(told).allSatisfy(progress -> assertThat(progress.bytesDone()).isBetween(0L, progress.bytesTotal()));
        assertThat(told.get(told.size() - 1).bytesDone())
                .isEqualTo(told.get(0).bytesTotal())
                .isEqualTo(result.blobs().bytesCopied());
    }
}

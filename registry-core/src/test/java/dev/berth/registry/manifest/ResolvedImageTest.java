package dev.berth.registry.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
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
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.memory.MemoryObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResolvedImageTest {
    private static final Platform AMD64 = Platform.parse("linux/amd64");
    private static final Platform ARM64 = Platform.parse("linux/arm64/v8");
    private static final Tag ONE = Tag.parse("1");

    private final SampleImages samples = new SampleImages(9);
    private final Registry registry = StorageRegistry.over(MemoryObjectStore.create());
    private final Repository repository = registry.repository(RepositoryName.parse("team/app"));
    private final ImageLocation location = ImageLocation.of(registry, "team/app:1");

    private static void assertRefused(ErrorCode code, Runnable resolving, String... parts) {
        assertThatThrownBy(resolving::run)
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContainingAll(parts);
    }

    @Test
    void aSingleImageIsResolvedWithItsConfigurationAndLayers() {
        byte[] layer = samples.layer(3000);
        Manifest manifest = samples.image(repository, AMD64, List.of(layer, layer), ONE);

        ResolvedImage image = ResolvedImage.of(location);

        assertThat(image.descriptor()).isEqualTo(manifest.descriptor().withPlatform(AMD64));
        assertThat(image.platform()).isEqualTo(AMD64);
        assertThat(image.config().diffIds()).containsExactly(Digest.sha256(layer), Digest.sha256(layer));
        assertThat(image.layers()).hasSize(2).isEqualTo(image.manifest().layers());
        assertThat(image.size())
                .isEqualTo(manifest.size() + image.manifest().config().size() + layer.length);
        assertThat(image.index()).isEmpty();
        assertThat(image.location()).isEqualTo(location.withSelector(manifest.digest()));
    }

    @Test
    void theImageOfThePlatformIsTakenOutOfTheIndex() {
        Manifest index = samples.index(repository, List.of(AMD64, ARM64), ONE);

        ResolvedImage image = ResolvedImage.of(location, Platform.parse("linux/arm64"));

        assertThat(image.platform()).isEqualTo(ARM64);
        assertThat(image.config().platform()).isEqualTo(ARM64);
        assertThat(image.index()).map(ImageIndex::toManifest).contains(index);
        assertThat(image.location().find())
                .map(Descriptor::digest)
                .contains(image.descriptor().digest());
    }

    @Test
    void anIndexWithinAnIndexCountsByItsEntries() {
        Manifest inner = samples.index(repository, List.of(ARM64));
        Manifest image = samples.image(repository, AMD64, List.of(samples.layer(10)));
        ImageIndex outer =
                ImageIndex.of(List.of(inner.descriptor(), image.descriptor().withPlatform(AMD64)));
        repository.manifests().put(outer.toManifest(), ONE);

        assertThat(PlatformImages.of(location).images())
                .extracting(found -> found.platform().orElseThrow())
                .containsExactly(ARM64, AMD64);
        assertThat(ResolvedImage.of(location, ARM64).platform()).isEqualTo(ARM64);
    }

    @Test
    void aPlatformThatTheIndexDoesNotNameIsReadFromTheConfiguration() {
        Manifest image = samples.image(repository, ARM64, List.of(samples.layer(10)));
        repository.manifests().put(ImageIndex.of(List.of(image.descriptor())).toManifest(), ONE);

        assertThat(ResolvedImage.of(location).platform()).isEqualTo(ARM64);
        assertThat(ResolvedImage.of(location, ARM64).descriptor().digest()).isEqualTo(image.digest());
    }

    @Test
    void anAttestationIsNoImage() {
        Platform unknown = Platform.of("unknown", "unknown");
        Manifest image = samples.image(repository, AMD64, List.of(samples.layer(10)));
        Manifest attestation = samples.image(repository, unknown, List.of(samples.layer(10)));
        ImageIndex index = ImageIndex.of(List.of(
                attestation.descriptor().withPlatform(unknown),
                image.descriptor().withPlatform(AMD64)));
        repository.manifests().put(index.toManifest(), ONE);

        assertThat(ResolvedImage.of(location).descriptor().digest()).isEqualTo(image.digest());
    }

    @Test
    void dockersSchema2IsResolved() {
        byte[] json = "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"diff_ids\":[]}}"
                .getBytes(StandardCharsets.UTF_8);
        Digest config = repository
                .blobs()
                .push(Digest.sha256(json), BlobSource.of(json))
                .digest();
        ImageManifest manifest = new ImageManifest(
                MediaTypes.DOCKER_MANIFEST,
                Optional.empty(),
                Descriptor.of(MediaTypes.DOCKER_CONFIG, config, json.length),
                List.of(),
                Optional.empty(),
                Map.of(),
                Optional.empty());
        Manifest image = manifest.toManifest();
        repository.manifests().put(image);
        ImageIndex list = new ImageIndex(
                MediaTypes.DOCKER_MANIFEST_LIST,
                Optional.empty(),
                List.of(image.descriptor().withPlatform(AMD64)),
                Optional.empty(),
                Map.of(),
                Optional.empty());
        repository.manifests().put(list.toManifest(), ONE);

        assertThat(ResolvedImage.of(location, AMD64).manifest().mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST);
    }

    @Test
    void aPlatformThatThereIsNotIsRefusedWithThoseThatThereAre() {
        samples.index(repository, List.of(AMD64, ARM64), ONE);

        assertRefused(
                ErrorCode.MANIFEST_UNKNOWN,
                () -> ResolvedImage.of(location, Platform.parse("linux/s390x")),
                "no image for linux/s390x in team/app:1",
                "there are: linux/amd64, linux/arm64/v8");
    }

    @Test
    void anImageForSeveralPlatformsNeedsAChoice() {
        samples.index(repository, List.of(AMD64, ARM64), ONE);

        assertRefused(
                ErrorCode.REQUEST_INVALID,
                () -> ResolvedImage.of(location),
                "team/app:1",
                "choose one of: linux/amd64, linux/arm64/v8");
    }

    @Test
    void anArtifactIsRefused() {
        Manifest image = samples.image(repository, List.of(10));
        Manifest signature = samples.referrer(repository, image.descriptor(), "application/vnd.example.signature");
        repository.tags().put(ONE, signature.digest());

        assertRefused(ErrorCode.UNSUPPORTED, () -> ResolvedImage.of(location), "not an image", "vnd.example.signature");
        assertRefused(ErrorCode.UNSUPPORTED, () -> ResolvedImage.of(location, AMD64), "not an image");
    }

    @Test
    void aMissingImageIsTheRegistrysAnswer() {
        assertRefused(ErrorCode.MANIFEST_UNKNOWN, () -> ResolvedImage.of(location), "team/app");
    }
}

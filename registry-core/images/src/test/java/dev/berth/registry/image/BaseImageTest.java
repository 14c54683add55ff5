package dev.berth.registry.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ExecutionConfig;
import dev.berth.registry.manifest.HistoryEntry;
import dev.berth.registry.manifest.ImageConfig;
import dev.berth.registry.manifest.ImageManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BaseImageTest {
    private static final RepositoryName BASE = RepositoryName.parse("library/base");
    private static final RepositoryName APP = RepositoryName.parse("team/app");
    private static final Tag TAG = Tag.parse("1");
    private static final Platform AMD64 = Platform.of("linux", "amd64");
    private static final Platform ARM64 = Platform.parse("linux/arm64/v8");

    private final Registry upstream = Registries.empty();
    private final Registry registry = Registries.empty();

    @BeforeEach
    void pushBase() {
        base(AMD64).pushTo(upstream, BASE, TAG);
    }

    private static ImageBuilder base(Platform platform) {
        return ImageBuilder.fromScratch(platform)
                .layer(layer("/bin/sh", platform.toString()), "base")
                .entrypoint("/bin/sh")
                .cmd("-c", "true")
                .env("PATH", "/bin")
                .env("BASE", "1")
                .label("from", "base")
                .expose("1");
    }

    private static Layer layer(String name, String content) {
        return Layer.builder()
                .bytes(name, content.getBytes(StandardCharsets.UTF_8))
                .build();
    }

    private static String error(ImageBuilder builder, Registry registry) {
        try {
            builder.pushTo(registry, APP, TAG);
        } catch (ImageBuildException | RegistryException e) {
            return String.valueOf(e.getMessage());
        }
        return "none";
    }

    @Test
    void theLayersOfTheBaseComeFirstAndAreCopied() throws IOException {
        ImageBuilder.from(ImageLocation.of(upstream, BASE, TAG))
                .layer(layer("/app", "x"), "app")
                .pushTo(registry, APP, TAG);

        ImageManifest base = Registries.image(upstream, BASE, TAG);
        ImageManifest image = Registries.image(registry, APP, TAG);
        ImageConfig config = Registries.config(registry, APP, TAG);
        assertThat(image.layers()).hasSize(2).startsWith(base.layers().get(0));
        assertThat(Registries.blob(registry, APP, image.layers().get(0).digest()))
                .isEqualTo(Registries.blob(upstream, BASE, base.layers().get(0).digest()));
        assertThat(config.diffIds()).hasSize(2);
        assertThat(config.history())
                .extracting(HistoryEntry::createdBy)
                .containsExactly(Optional.of("base"), Optional.of("app"));
    }

    @Test
    void withinARegistryTheLayersAreMounted() {
        ImageBuilder.from(ImageLocation.of(upstream, BASE, TAG)).pushTo(upstream, APP, TAG);

        Digest layer = Registries.image(upstream, BASE, TAG).layers().get(0).digest();
        assertThat(upstream.repository(APP).blobs().find(layer)).isPresent();
    }

    @Test
    void whatIsSetGoesOverWhatTheBaseSays() throws IOException {
        ImageBuilder.from(ImageLocation.of(upstream, BASE, TAG))
                .entrypoint("/app")
                .env("BASE", "2")
                .env("NEW", "3")
                .label("to", "app")
                .expose("2")
                .pushTo(registry, APP, TAG);

        ExecutionConfig execution = Registries.config(registry, APP, TAG).execution();
        assertThat(execution.entrypoint()).containsExactly("/app");
        assertThat(execution.cmd()).isEmpty();
        assertThat(execution.env()).containsExactly("PATH=/bin", "BASE=2", "NEW=3");
        assertThat(execution.labels()).containsOnly(Map.entry("from", "base"), Map.entry("to", "app"));
        assertThat(execution.exposedPorts()).containsExactly("1/tcp", "2/tcp");
    }

    @Test
    void fieldsOfTheBaseThatAreNotKnownStay() throws IOException {
        String config = "{\"architecture\":\"amd64\",\"os\":\"linux\",\"x-new\":{\"a\":[1.10]},"
                + "\"config\":{\"Healthcheck\":{\"Test\":[\"CMD\"]}},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}";
        pushImage(MediaTypes.OCI_CONFIG, config, Tag.parse("odd"));

        ImageBuilder.from(ImageLocation.of(upstream, BASE, Tag.parse("odd")))
                .layer(layer("a", ""))
                .user("1")
                .pushTo(registry, APP, TAG);

        assertThat(Registries.config(registry, APP, TAG).source().orElseThrow())
                .contains("\"x-new\":{\"a\":[1.10]}")
                .contains("\"Healthcheck\":{\"Test\":[\"CMD\"]}")
                .contains("\"User\":\"1\"");
    }

    private void pushImage(String configType, String config, Tag tag, Descriptor... layers) {
        byte[] json = config.getBytes(StandardCharsets.UTF_8);
        Descriptor blob = upstream.repository(BASE).blobs().push(Digest.sha256(json), BlobSource.of(json));
        ImageManifest image = ImageManifest.of(Descriptor.of(configType, blob.digest(), blob.size()), List.of(layers));
        upstream.repository(BASE).manifests().put(image.toManifest(), tag);
    }

    @Test
    void ofAnImageForSeveralPlatformsTheWantedOneIsTaken() throws IOException {
        IndexBuilder.create().image(base(AMD64)).image(base(ARM64)).pushTo(upstream, BASE, TAG);

        ImageBuilder.from(ImageLocation.of(upstream, BASE, TAG), Platform.of("linux", "arm64"))
                .pushTo(registry, APP, TAG);

        assertThat(Registries.config(registry, APP, TAG).platform()).isEqualTo(ARM64);
    }

    @Test
    void ofSeveralVariantsTheUsualOneIsTakenUnlessAnotherIsWanted() throws IOException {
        IndexBuilder.create()
                .image(base(Platform.parse("linux/arm/v5")))
                .image(base(Platform.parse("linux/arm/v7")))
                .pushTo(upstream, BASE, TAG);

        ImageBuilder.from(ImageLocation.of(upstream, BASE, TAG), Platform.parse("linux/arm"))
                .pushTo(registry, APP, Tag.parse("usual"));
        ImageBuilder.from(ImageLocation.of(upstream, BASE, TAG), Platform.parse("linux/arm/v5"))
                .pushTo(registry, APP, Tag.parse("v5"));

        assertThat(Registries.config(registry, APP, Tag.parse("usual")).platform())
                .isEqualTo(Platform.parse("linux/arm/v7"));
        assertThat(Registries.config(registry, APP, Tag.parse("v5")).platform())
                .isEqualTo(Platform.parse("linux/arm/v5"));
    }

    @Test
    void aVariantThatOnlyTheIndexNamesIsBelieved() {
        Descriptor image = base(Platform.parse("linux/arm")).pushTo(upstream, BASE, Tag.parse("plain"));
        IndexBuilder.create()
                .manifest(image.withPlatform(Platform.parse("linux/arm/v6")))
                .pushTo(upstream, BASE, TAG);

        assertThat(error(
                        ImageBuilder.from(ImageLocation.of(upstream, BASE, TAG), Platform.parse("linux/arm/v6")),
                        registry))
                .isEqualTo("none");
        assertThat(error(
                        ImageBuilder.from(
                                ImageLocation.of(upstream, BASE, Tag.parse("plain")), Platform.parse("linux/arm/v7")),
                        registry))
                .isEqualTo("none");
        assertThat(error(
                        ImageBuilder.from(
                                ImageLocation.of(upstream, BASE, Tag.parse("plain")), Platform.parse("linux/arm/v6")),
                        registry))
                .contains("no image for linux/arm/v6 in library/base:plain", "there are: linux/arm");
    }

    /** Nobody may hand them on, so they may be nowhere near. */
    @Test
    void layersThatAreElsewhereAreNotCopied() {
        Digest unknown = Digest.sha256("elsewhere".getBytes(StandardCharsets.UTF_8));
        String type = MediaTypes.OCI_NONDISTRIBUTABLE_LAYER_PREFIX + "v1.tar+gzip";
        Descriptor named = new Descriptor(
                type,
                Digest.sha256(new byte[] {1}),
                9,
                Optional.empty(),
                Map.of(),
                List.of("http://localhost/layer"),
                Optional.empty(),
                Optional.empty());
        Descriptor unnamed = Descriptor.of(type, unknown, 9);
        pushImage(
                MediaTypes.OCI_CONFIG,
                "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"diff_ids\":[\"" + unknown + "\",\""
                        + unknown + "\"]}}",
                TAG,
                named,
                unnamed);

        ImageBuilder.from(ImageLocation.of(upstream, BASE, TAG))
                .layer(layer("a", ""))
                .pushTo(registry, APP, TAG);

        assertThat(Registries.image(registry, APP, TAG).layers()).hasSize(3).startsWith(named, unnamed);
    }

    @Test
    void aBaseThatLacksTheWantedPlatformIsRefusedWithThoseItHas() {
        IndexBuilder.create().image(base(AMD64)).image(base(ARM64)).pushTo(upstream, BASE, Tag.parse("both"));

        assertThat(error(
                        ImageBuilder.from(
                                ImageLocation.of(upstream, BASE, Tag.parse("both")), Platform.parse("linux/s390x")),
                        registry))
                .contains("no image for linux/s390x in library/base:both", "there are: linux/amd64, linux/arm64/v8");
        assertThat(error(
                        ImageBuilder.from(
                                ImageLocation.of(upstream, BASE, Tag.parse("both")), Platform.parse("linux/arm64/v9")),
                        registry))
                .contains("no image for linux/arm64/v9");
        assertThat(error(ImageBuilder.from(ImageLocation.of(upstream, BASE, Tag.parse("both"))), registry))
                .contains("library/base:both", "is for several platforms; choose one of: linux/amd64, linux/arm64/v8");
        assertThat(error(ImageBuilder.from(ImageLocation.of(upstream, BASE, TAG), ARM64), registry))
                .contains("no image for linux/arm64/v8 in library/base:1", "there are: linux/amd64");
    }

    @Test
    void attestationsBesideTheImageAreNoPlatforms() throws IOException {
        Descriptor image = base(AMD64).pushTo(upstream, BASE);
        Descriptor attestation =
                ArtifactBuilder.of("application/vnd.example.attestation").pushTo(upstream, BASE);
        IndexBuilder.create()
                .manifest(attestation.withPlatform(Platform.of("unknown", "unknown")))
                .manifest(image)
                .pushTo(upstream, BASE, TAG);

        ImageBuilder.from(ImageLocation.of(upstream, BASE, TAG)).pushTo(registry, APP, TAG);

        assertThat(Registries.config(registry, APP, TAG).platform()).isEqualTo(AMD64);
    }

    @Test
    void whatIsNoImageIsRefused() {
        ArtifactBuilder.of("application/vnd.example.sbom").pushTo(upstream, BASE, Tag.parse("artifact"));
        upstream.repository(BASE)
                .manifests()
                .put(Manifest.of("application/vnd.example.thing", new byte[] {1}), Tag.parse("thing"));
        pushImage(MediaTypes.OCI_CONFIG, "{}", Tag.parse("empty"));
        pushImage(
                MediaTypes.OCI_CONFIG,
                "{\"architecture\":\"a\",\"os\":\"o\",\"rootfs\":{\"diff_ids\":[\"" + Digest.sha256(new byte[0])
                        + "\"]}}",
                Tag.parse("uneven"));

        assertThat(error(ImageBuilder.from(ImageLocation.of(upstream, BASE, Tag.parse("artifact"))), registry))
                .contains("library/base:artifact", "is not an image", "application/vnd.example.sbom");
        assertThat(error(ImageBuilder.from(ImageLocation.of(upstream, BASE, Tag.parse("thing"))), registry))
                .contains("library/base:thing", "is not an image", "application/vnd.example.thing");
        assertThat(error(ImageBuilder.from(ImageLocation.of(upstream, BASE, Tag.parse("empty"))), registry))
                .contains("library/base cannot be used", "architecture is missing");
        assertThat(error(ImageBuilder.from(ImageLocation.of(upstream, BASE, Tag.parse("uneven"))), registry))
                .contains("has 0 layers, but its configuration lists 1");
    }

    @Test
    void aBaseThatIsNotThereIsTheRegistrysFailure() {
        ManifestSelector missing = Tag.parse("missing");

        assertThatThrownBy(() -> ImageBuilder.from(ImageLocation.of(upstream, BASE, missing))
                        .pushTo(registry, APP, TAG))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MANIFEST_UNKNOWN));
    }

    @Test
    void layersAreRenamedForTheOtherFormat() {
        ImageBuilder.from(ImageLocation.of(upstream, BASE, TAG))
                .layer(layer("a", ""))
                .format(ManifestFormat.DOCKER)
                .pushTo(registry, APP, Tag.parse("docker"));
        ImageBuilder.from(ImageLocation.of(registry, APP, Tag.parse("docker"))).pushTo(registry, APP, Tag.parse("oci"));

        assertThat(Registries.image(registry, APP, Tag.parse("docker")).layers())
                .hasSize(2)
                .extracting(Descriptor::mediaType)
                .containsOnly(MediaTypes.DOCKER_LAYER);
        assertThat(Registries.image(registry, APP, Tag.parse("oci")).layers())
                .extracting(Descriptor::mediaType)
                .containsOnly(MediaTypes.OCI_LAYER_TAR_GZIP);
    }

    @Test
    void aLayerThatTheOtherFormatHasNoNameForIsRefused() {
        base(AMD64).compression(Compression.zstd()).pushTo(upstream, BASE, Tag.parse("zstd"));

        assertThatThrownBy(() -> ImageBuilder.from(ImageLocation.of(upstream, BASE, Tag.parse("zstd")))
                        .format(ManifestFormat.DOCKER)
                        .pushTo(registry, APP, TAG))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("zstd");
    }
}

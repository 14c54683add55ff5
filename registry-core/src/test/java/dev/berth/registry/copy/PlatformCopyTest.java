package dev.berth.registry.copy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.memory.MemoryObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlatformCopyTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final Tag ONE = Tag.of("1");
    private static final Platform AMD64 = Platform.of("linux", "amd64");
    private static final Platform ARM64 = Platform.parse("linux/arm64/v8");
    private static final Platform ARM6 = Platform.parse("linux/arm/v6");
    private static final Platform ARM7 = Platform.parse("linux/arm/v7");

    private final SampleImages samples = new SampleImages(11);
    private final Registry from = StorageRegistry.over(MemoryObjectStore.create());
    private final Registry to = StorageRegistry.over(MemoryObjectStore.create());
    private final Repository source = from.repository(NAME);
    private final Repository target = to.repository(NAME);

    private CopyResult copy(Platform... platforms) {
        CopyOptions.Builder options = CopyOptions.builder();
        List.of(platforms).forEach(options::platform);
        return ImageCopier.create()
                .copy(ImageLocation.of(from, NAME, ONE), ImageLocation.of(to, NAME, ONE), options.build());
    }

    private static List<Descriptor> children(Manifest index) {
        return ((ImageIndex) ManifestDocument.parse(index)).manifests();
    }

    private void assertTagIsChild(Manifest index, int child) {
        assertThat(target.manifests().get(ONE).digest())
                .isEqualTo(children(index).get(child).digest());
    }

    @Test
    void theImageOfAPlatformIsFoundWithoutACopy() {
        Manifest index = samples.index(source, List.of(AMD64, ARM64, ARM6), ONE);
        ImageLocation image = ImageLocation.of(from, NAME, ONE);

        assertThat(image.forPlatform(ARM64).selector())
                .isEqualTo(children(index).get(1).digest());
        assertThatThrownBy(() -> image.forPlatform(Platform.of("linux", "s390x")))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("linux/s390x")
                .hasMessageContaining("linux/amd64, linux/arm/v6, linux/arm64/v8");
    }

    @Test
    void onePlatformGivesItsImageAndNothingElse() {
        Manifest index = samples.index(source, List.of(AMD64, ARM64, ARM6), ONE);
        Descriptor arm = children(index).get(1);

        CopyResult result = copy(ARM64);

        assertThat(target.manifests().get(ONE).descriptor())
                .isEqualTo(Descriptor.of(arm.mediaType(), arm.digest(), arm.size()));
        SampleImages.requireComplete(target, arm);
        assertThat(result.digestChanged()).isTrue();
        assertThat(result.source()).isEqualTo(index.descriptor());
        assertThat(result.target().digest()).isEqualTo(arm.digest());
        assertThat(result.manifests().copied()).isEqualTo(1);
        assertThat(target.manifests().find(children(index).get(0).digest())).isEmpty();
        assertThat(target.manifests().find(index.digest())).isEmpty();
    }

    @Test
    void severalPlatformsGiveAnIndexOfJustThese() {
        Manifest index = samples.index(source, List.of(AMD64, ARM64, ARM6), ONE);

        CopyResult result = copy(ARM6, AMD64);

        Manifest made = target.manifests().get(ONE);
        assertThat(children(made))
                .containsExactly(children(index).get(0), children(index).get(2));
        assertThat(made.mediaType()).isEqualTo(index.mediaType());
        assertThat(result.digestChanged()).isTrue();
        assertThat(result.target()).isEqualTo(made.descriptor());
        SampleImages.requireComplete(target, made.descriptor());
        assertThat(copy(ARM6, AMD64).target()).isEqualTo(result.target());
    }

    @Test
    void allPlatformsGiveTheIndexItself() {
        Manifest index = samples.index(source, List.of(AMD64, ARM64), ONE);

        CopyResult result = copy(AMD64, ARM64);

        assertThat(result.digestChanged()).isFalse();
        assertThat(target.manifests().get(ONE)).isEqualTo(index);
    }

    @Test
    void whatDescribesAChosenImageComesWithIt() {
        Manifest plain = samples.index(source, List.of(AMD64, ARM64, ARM6));
        List<Descriptor> all = new ArrayList<>(children(plain));
        for (Descriptor image : children(plain)) {
            Manifest provenance = samples.image(source, Platform.of("unknown", "unknown"), List.of(samples.layer(5)));
            all.add(provenance
                    .descriptor()
                    .withPlatform(Platform.of("unknown", "unknown"))
                    .withAnnotations(Map.of(
                            "vnd.docker.reference.type",
                            "attestation-manifest",
                            "vnd.docker.reference.digest",
                            image.digest().toString())));
        }
        Manifest index = ImageIndex.of(all).toManifest();
        source.manifests().put(index, ONE);

        copy(AMD64, ARM64);

        assertThat(children(target.manifests().get(ONE)))
                .containsExactly(all.get(0), all.get(1), all.get(3), all.get(4));
        assertThatThrownBy(() -> copy(Platform.of("linux", "riscv64")))
                .hasMessageContaining("there are: linux/amd64, linux/arm/v6, linux/arm64/v8");
    }

    @Test
    void aVariantThatIsNotNamedIsTheUsualOneElseTheFirst() {
        Manifest index = samples.index(source, List.of(ARM6, ARM7, AMD64), ONE);
        copy(Platform.of("linux", "arm"));
        assertTagIsChild(index, 1);

        Manifest old = samples.index(source, List.of(AMD64, Platform.parse("linux/arm/v5"), ARM6), ONE);
        copy(Platform.of("linux", "arm"));
        assertTagIsChild(old, 1);
    }

    @Test
    void theUsualVariantIsFoundWithoutItsName() {
        Manifest index = samples.index(source, List.of(AMD64, Platform.of("linux", "arm64")), ONE);

        copy(ARM64);

        assertTagIsChild(index, 1);
        assertThatThrownBy(() -> copy(Platform.parse("linux/arm64/v9"))).hasMessageContaining("linux/arm64/v9");
    }

    @Test
    void theFirstOfSeveralThatMatchIsTaken() {
        Platform older = new Platform("windows", "amd64", Optional.empty(), Optional.of("10.0.17763.1"), List.of());
        Platform newer = new Platform("windows", "amd64", Optional.empty(), Optional.of("10.0.20348.7"), List.of());
        Manifest index = samples.index(source, List.of(older, newer), ONE);

        copy(Platform.of("windows", "amd64"));
        assertTagIsChild(index, 0);
        copy(new Platform("windows", "amd64", Optional.empty(), Optional.of("10.0.20348"), List.of()));
        assertTagIsChild(index, 1);
    }

    private Manifest indexOf(List<Descriptor> children) {
        Manifest index = ImageIndex.of(children).toManifest();
        source.manifests().put(index, ONE);
        return index;
    }

    private static Descriptor bare(Descriptor image) {
        return Descriptor.of(image.mediaType(), image.digest(), image.size());
    }

    @Test
    void theImagesOfAnIndexWithinAnIndexAreChosenFromLikeItsOwn() {
        Manifest arms = samples.index(source, List.of(ARM7, ARM64));
        Manifest others = samples.index(source, List.of(AMD64, Platform.of("linux", "s390x")));
        Manifest outer = indexOf(List.of(arms.descriptor(), others.descriptor()));

        assertThat(copy(ARM64).target().digest())
                .isEqualTo(children(arms).get(1).digest());
        copy(ARM64, AMD64);
        assertThat(children(target.manifests().get(ONE)))
                .containsExactly(children(arms).get(1), children(others).get(0));
        assertThat(copy(ARM64, AMD64, ARM7, Platform.of("linux", "s390x")).target())
                .isEqualTo(outer.descriptor());
        assertThatThrownBy(() -> copy(Platform.of("linux", "riscv64")))
                .hasMessageContaining("there are: linux/amd64, linux/arm/v7, linux/arm64/v8, linux/s390x");
    }

    @Test
    void anIndexForOnePlatformIsTakenForItsImage() {
        Manifest image = samples.image(source, AMD64, List.of(samples.layer(10)));
        Manifest inner = ImageIndex.of(List.of(image.descriptor())).toManifest();
        source.manifests().put(inner);
        indexOf(List.of(inner.descriptor().withPlatform(AMD64)));

        assertThat(copy(AMD64).target()).isEqualTo(image.descriptor());
    }

    @Test
    void imagesWhoseIndexDoesNotTellTheirPlatformAreFoundByTheirConfiguration() {
        Manifest told = samples.index(source, List.of(AMD64, ARM64));
        List<Descriptor> images = children(told);
        Manifest signature = samples.referrer(source, images.get(0), "application/vnd.example.signature");
        indexOf(List.of(signature.descriptor(), bare(images.get(0)), bare(images.get(1))));

        assertThat(copy(ARM64).target().digest()).isEqualTo(images.get(1).digest());
        copy(ARM64, AMD64);
        assertThat(children(target.manifests().get(ONE))).containsExactlyElementsOf(images);
        assertThatThrownBy(() -> copy(Platform.of("linux", "riscv64")))
                .hasMessageContaining("there are: linux/amd64, linux/arm64/v8");
    }

    @Test
    void whatASparseIndexLacksDoesNotKeepTheRestFromBeingChosen() {
        Registry lenient = StorageRegistry.over(
                MemoryObjectStore.create(),
                StorageOptions.builder().requireManifests(false).build());
        Repository sparse = lenient.repository(NAME);
        Manifest there = samples.index(sparse, List.of(AMD64, ARM64));
        Descriptor noIndex = Descriptor.of(there.mediaType(), Digest.sha256(new byte[1]), 1);
        Descriptor noImage = Descriptor.of(children(there).get(0).mediaType(), Digest.sha256(new byte[2]), 2);
        sparse.manifests()
                .put(
                        ImageIndex.of(List.of(noIndex, noImage, there.descriptor()))
                                .toManifest(),
                        ONE);
        ImageLocation image = ImageLocation.of(lenient, NAME, ONE);

        assertThat(image.forPlatform(ARM64).selector())
                .isEqualTo(children(there).get(1).digest());
        assertThatThrownBy(() -> image.forPlatform(ARM7))
                .hasMessageContaining("there are: linux/amd64, linux/arm64/v8");
    }

    @Test
    void aMissingPlatformIsAnErrorThatListsThoseThereAre() {
        samples.index(source, List.of(AMD64, ARM64), ONE);

        assertThatThrownBy(() -> copy(AMD64, Platform.of("linux", "riscv64")))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MANIFEST_UNKNOWN))
                .hasMessageContaining("linux/riscv64")
                .hasMessageContaining("team/app:1")
                .hasMessageContaining("there are: linux/amd64, linux/arm64/v8");
        assertThat(target.manifests().find(ONE)).isEmpty();
    }

    @Test
    void anImageThatIsNoIndexMustBeForThePlatform() {
        Manifest image = samples.image(source, ARM64, List.of(samples.layer(10)), ONE);

        assertThat(copy(ARM64, AMD64).target()).isEqualTo(image.descriptor());
        assertThatThrownBy(() -> copy(AMD64))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MANIFEST_UNKNOWN))
                .hasMessageContaining("there are: linux/arm64/v8");
    }

    @Test
    void anArtifactHasNoPlatform() {
        Manifest image = samples.image(source, List.of(10));
        Manifest signature = samples.referrer(source, image.descriptor(), "application/vnd.example.signature");
        source.tags().put(ONE, signature.digest());

        assertThatThrownBy(() -> copy(AMD64))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
                .hasMessageContaining("application/vnd.example.signature");
        source.manifests().put(Manifest.of("application/vnd.example+json", "{}".getBytes(UTF_8)), ONE);
        assertThatThrownBy(() -> copy(AMD64)).hasMessageContaining("application/vnd.example+json");
    }
}

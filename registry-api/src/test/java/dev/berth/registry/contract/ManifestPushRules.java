package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.PutOptions;
import dev.berth.registry.PutResult;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Manifests that are taken, and come back as they were pushed. */
@org.junit.jupiter.api.Tag("end-3")
@org.junit.jupiter.api.Tag("end-7")
abstract class ManifestPushRules extends RegistryRules {
    private static final Tag ONE = tag("1.0");

    ManifestPushRules(RegistryContract contract) {
        super(contract);
    }

    /** Pushes a manifest with and without a tag, and looks for it. */
    private static void assertTaken(Repository repository, Manifest manifest) {
        PutResult untagged = repository.manifests().put(manifest, PutOptions.untagged());
        assertThat(untagged.descriptor()).isEqualTo(manifest.descriptor());
        assertThat(untagged.tags()).isEmpty();
        assertHas(repository, manifest);
        PutResult tagged = repository.manifests().put(manifest, ONE);
        assertThat(tagged.descriptor()).isEqualTo(manifest.descriptor());
        assertThat(tagged.tags()).containsExactly(ONE);
        assertHas(repository, manifest, ONE);
    }

    @Test
    void anImageIsTaken() {
        Cases.of(
                        List.of(MediaTypes.OCI_MANIFEST, MediaTypes.OCI_CONFIG, MediaTypes.OCI_LAYER_TAR_GZIP),
                        List.of(MediaTypes.OCI_MANIFEST, MediaTypes.OCI_CONFIG, MediaTypes.OCI_LAYER_TAR_ZSTD),
                        List.of(MediaTypes.OCI_MANIFEST, "application/vnd.example.config", "text/plain"),
                        List.of(MediaTypes.DOCKER_MANIFEST, MediaTypes.DOCKER_CONFIG, MediaTypes.DOCKER_LAYER))
                .check(types -> {
                    Repository repository = freshRepository();
                    assertTaken(
                            repository,
                            ManifestText.of(types.get(0))
                                    .withContentIn(repository, types.get(1), types.get(2))
                                    .manifest());
                });
    }

    @Test
    void anIndexIsTaken() {
        Cases.of(MediaTypes.OCI_INDEX, MediaTypes.DOCKER_MANIFEST_LIST).check(mediaType -> {
            Repository repository = freshRepository();
            Manifest one = putImage(repository);
            Manifest other = putImage(repository);
            assertTaken(
                    repository,
                    ManifestText.of(mediaType)
                            .child(one.descriptor())
                            .child(other.descriptor())
                            .manifest());
        });
    }

    @Test
    void anIndexOfIndexesIsTaken() {
        Repository repository = freshRepository();
        Manifest inner =
                ManifestText.index().child(putImage(repository).descriptor()).manifest();
        repository.manifests().put(inner);
        assertTaken(repository, ManifestText.index().child(inner.descriptor()).manifest());
    }

    @Test
    void anEmptyIndexIsTaken() {
        assertTaken(freshRepository(), ManifestText.index().manifest());
    }

    @Test
    void anArtifactIsTaken() {
        Repository repository = freshRepository();
        byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
        Descriptor nothing =
                Descriptor.of(MediaTypes.OCI_EMPTY, push(repository, empty).digest(), empty.length);
        assertTaken(
                repository,
                ManifestText.of(MediaTypes.OCI_MANIFEST)
                        .artifactType(ManifestText.ARTIFACT_TYPE)
                        .config(nothing)
                        .layer(nothing)
                        .annotation("org.example.key", "value")
                        .manifest());
    }

    /** Its content says nothing of it: what was said when it was pushed must be kept. */
    @Test
    void anImageNeedNotSayItsType() {
        Cases.of(MediaTypes.OCI_MANIFEST, MediaTypes.DOCKER_MANIFEST).check(mediaType -> {
            Repository repository = freshRepository();
            assertTaken(
                    repository,
                    ManifestText.of(mediaType)
                            .untyped()
                            .withContentIn(repository, MediaTypes.OCI_CONFIG, MediaTypes.OCI_LAYER_TAR)
                            .manifest());
        });
    }

    @Test
    void anIndexNeedNotSayItsType() {
        Cases.of(MediaTypes.OCI_INDEX, MediaTypes.DOCKER_MANIFEST_LIST).check(mediaType -> {
            Repository repository = freshRepository();
            assertTaken(
                    repository,
                    ManifestText.of(mediaType)
                            .untyped()
                            .child(putImage(repository).descriptor())
                            .manifest());
        });
    }

    @Test
    void aTypeThatNobodyKnowsIsTakenAsItIs() {
        Cases.of(
                        "application/vnd.oci.artifact.manifest.v1+json",
                        "application/vnd.cncf.oras.artifact.manifest.v1+json",
                        "application/vnd.example.manifest.v1+json")
                .check(mediaType -> {
                    Repository repository = freshRepository();
                    assertTaken(
                            repository,
                            ManifestText.of(mediaType)
                                    .field("blobs", "[{\"who\": \"knows\"}]")
                                    .manifest());
                    assertTaken(
                            repository,
                            ManifestText.of(mediaType)
                                    .untyped()
                                    .field("other", "[1, 2.50, null]")
                                    .manifest());
                });
    }

    @Test
    void noByteOfAManifestIsChanged() {
        Cases.of(" ", "\n\n", "\t\r\n ", "").check(space -> {
            Repository repository = freshRepository();
            String json =
                    space + imageText(repository).replace(": ", ":" + space).replace("\n  ", space + "\n") + space;
            assertTaken(repository, Manifest.of(MediaTypes.OCI_MANIFEST, json.getBytes(StandardCharsets.UTF_8)));
        });
    }

    @Test
    void whatNobodyKnowsInAManifestIsKept() {
        Repository repository = freshRepository();
        assertTaken(
                repository,
                ManifestText.imageWithContentIn(repository)
                        .field("org.example.unknown", "{\"b\": 1.10, \"a\": [true, \"\\u00e9 é \\ud83d\\ude00\"]}")
                        .manifest());
    }

    private static String imageText(Repository repository) {
        return ManifestText.imageWithContentIn(repository).toString();
    }

    @Test
    void aManifestCanHaveEitherAlgorithm() {
        Cases.of(DigestAlgorithm.values()).check(algorithm -> {
            Repository repository = freshRepository();
            Manifest image = ManifestText.imageWithContentIn(repository).manifest(algorithm);
            assertThat(image.digest().algorithm()).isEqualTo(algorithm);
            assertTaken(repository, image);
            Manifest index = ManifestText.index().child(image.descriptor()).manifest(algorithm);
            assertTaken(repository, index);
        });
    }

    @Test
    void aManifestMayReferToABlobByItsSha512() {
        Repository repository = freshRepository();
        byte[] bytes = freshBytes(1000);
        Digest digest = Digest.compute(DigestAlgorithm.SHA512, bytes);
        repository.blobs().push(digest, unsized(bytes));
        assertTaken(
                repository,
                ManifestText.imageWithContentIn(repository)
                        .layer(Descriptor.of(MediaTypes.OCI_LAYER_TAR, digest, bytes.length))
                        .manifest());
    }

    @Test
    void aLayerThatNeedNotBeDistributedNeedNotBeThere() {
        Repository repository = freshRepository();
        Digest elsewhere = Digest.sha256(freshBytes(10));
        Descriptor oci = Descriptor.of(
                MediaTypes.OCI_NONDISTRIBUTABLE_LAYER_PREFIX + "v1.tar+gzip", elsewhere, 123_456_789_012L);
        assertTaken(
                repository,
                ManifestText.imageWithContentIn(repository).layer(withUrl(oci)).manifest());
        Descriptor docker = Descriptor.of(MediaTypes.DOCKER_FOREIGN_LAYER, elsewhere, 42);
        assertTaken(
                repository,
                ManifestText.of(MediaTypes.DOCKER_MANIFEST)
                        .withContentIn(repository, MediaTypes.DOCKER_CONFIG, MediaTypes.DOCKER_LAYER)
                        .layer(withUrl(docker))
                        .manifest());
    }

    private static Descriptor withUrl(Descriptor layer) {
        return new Descriptor(
                layer.mediaType(),
                layer.digest(),
                layer.size(),
                layer.artifactType(),
                layer.annotations(),
                List.of("https://layers.example/" + layer.digest().hex()),
                layer.platform(),
                layer.data());
    }

    @Test
    void severalTagsAreSetAtOnce() {
        Repository repository = freshRepository();
        Manifest image = imageIn(repository);
        Tag[] tags = {tag("b"), tag("a"), tag("1.2.3"), tag("latest")};
        PutResult result = repository.manifests().put(image, tags);
        assertThat(result.tags()).containsExactlyInAnyOrder(tags);
        assertHas(repository, image, tags);
        assertThat(repository.tags().list()).containsExactlyInAnyOrder(tags);
    }

    @Test
    void aManifestCanBePushedAgain() {
        Repository repository = freshRepository();
        Manifest image = putImage(repository, ONE);
        PutResult again = repository.manifests().put(image, ONE, tag("2"));
        assertThat(again.descriptor()).isEqualTo(image.descriptor());
        assertHas(repository, image, ONE, tag("2"));
        assertThat(repository.tags().list()).containsExactly(ONE, tag("2"));
    }

    @Test
    void aTagMovesToWhatIsPushedLast() {
        Repository repository = freshRepository();
        Manifest first = putImage(repository, ONE, tag("first"));
        Manifest second = putImage(repository, ONE);
        assertHas(repository, second, ONE);
        assertHas(repository, first, tag("first"));
        assertThat(repository.tags().list()).containsExactly(ONE, tag("first"));
    }

    @Test
    void aManifestIsInTheRepositoryThatItWasPushedTo() {
        Manifest image = putImage(freshRepository(), ONE);
        Repository other = freshRepository();
        assertLacks(other, image);
        assertLacks(other, ONE);
        putImage(other, tag("2"));
        assertLacks(other, image);
        assertLacks(other, ONE);
    }

    @Test
    void aManifestOfTheLargestSizeIsTaken() {
        Repository repository = freshRepository();
        assertTaken(repository, ManifestText.imageWithContentIn(repository).manifestOf(contract.maxManifestBytes()));
    }

    @Test
    void aManifestThatWasPushedIsThereForOtherProcesses() {
        Repository repository = freshRepository();
        Manifest image = putImage(repository, ONE);
        try (Registry elsewhere = openElsewhere()) {
            assertHas(elsewhere.repository(repository.name()), image, ONE);
        }
    }
}

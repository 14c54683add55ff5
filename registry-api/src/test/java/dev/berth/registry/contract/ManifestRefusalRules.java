package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Manifests that are refused, and leave nothing behind. */
@org.junit.jupiter.api.Tag("end-7")
abstract class ManifestRefusalRules extends RegistryRules {
    private static final Tag TAG = tag("1.0");

    ManifestRefusalRules(RegistryContract contract) {
        super(contract);
    }

    private void requireReferencedContent() {
        assumeTrue(contract.requiresReferencedContent(), "The registry takes manifests of which content is missing");
    }

    private static RegistryException assertRefused(ErrorCode code, Repository repository, Manifest manifest) {
        RegistryException failure = failure(code, () -> repository.manifests().put(manifest, TAG));
        assertLacks(repository, manifest);
        assertLacks(repository, TAG);
        return failure;
    }

    /** Asserts that a manifest is refused for what it refers to, with an error for each, and then taken with it. */
    private static void assertMissing(Repository repository, Manifest manifest, Digest... missing) {
        RegistryException failure = assertRefused(ErrorCode.MANIFEST_BLOB_UNKNOWN, repository, manifest);
        assertThat(failure.errors()).extracting(RegistryError::code).containsOnly(ErrorCode.MANIFEST_BLOB_UNKNOWN);
        assertThat(failure.errors()).hasSameSizeAs(missing);
        for (Digest digest : missing) {
            assertThat(failure.errors())
                    .as("errors about %s", digest)
                    .filteredOn(error -> error.toString().contains(digest.toString())
                            || error.detail().containsValue(digest.toString()))
                    .hasSize(1);
        }
        assertDoesNotExist(repository);
    }

    @Test
    void everyBlobThatIsMissingIsNamed() {
        requireReferencedContent();
        Repository repository = freshRepository();
        byte[] there = freshBytes(100);
        byte[] config = freshBytes(200);
        byte[] layer = freshBytes(300);
        byte[] layerBySha512 = freshBytes(400);
        push(repository, there);
        Digest sha512 = Digest.compute(DigestAlgorithm.SHA512, layerBySha512);
        Manifest image = ManifestText.of(MediaTypes.OCI_MANIFEST)
                .config(descriptor(MediaTypes.OCI_CONFIG, config))
                .layer(descriptor(MediaTypes.OCI_LAYER_TAR, there))
                .layer(descriptor(MediaTypes.OCI_LAYER_TAR, layer))
                .layer(Descriptor.of(MediaTypes.OCI_LAYER_TAR, sha512, layerBySha512.length))
                .manifest();
        assertMissing(repository, image, Digest.sha256(config), Digest.sha256(layer), sha512);
        push(repository, config);
        assertMissing(repository, image, Digest.sha256(layer), sha512);
        push(repository, layer);
        repository.blobs().push(sha512, unsized(layerBySha512));
        repository.manifests().put(image, TAG);
        assertHas(repository, image, TAG);
    }

    private static Descriptor descriptor(String mediaType, byte[] bytes) {
        return Descriptor.of(mediaType, Digest.sha256(bytes), bytes.length);
    }

    @Test
    void aBlobOfAnotherRepositoryIsMissing() {
        requireReferencedContent();
        Repository repository = freshRepository();
        byte[] config = freshBytes(100);
        byte[] layer = freshBytes(100);
        push(repository, config);
        push(freshRepository(), layer);
        Manifest image = ManifestText.of(MediaTypes.OCI_MANIFEST)
                .config(descriptor(MediaTypes.OCI_CONFIG, config))
                .layer(descriptor(MediaTypes.OCI_LAYER_TAR, layer))
                .manifest();
        assertMissing(repository, image, Digest.sha256(layer));
    }

    @Test
    void aBlobThatWasDeletedIsMissing() {
        requireReferencedContent();
        assumeTrue(contract.supportsDelete(), "The registry does not delete");
        Repository repository = freshRepository();
        byte[] config = freshBytes(100);
        push(repository, config);
        repository.blobs().delete(Digest.sha256(config));
        Manifest image = ManifestText.of(MediaTypes.DOCKER_MANIFEST)
                .config(descriptor(MediaTypes.DOCKER_CONFIG, config))
                .manifest();
        assertMissing(repository, image, Digest.sha256(config));
    }

    @Test
    void everyManifestThatIsMissingIsNamed() {
        Cases.of(MediaTypes.OCI_INDEX, MediaTypes.DOCKER_MANIFEST_LIST).check(mediaType -> {
            requireReferencedContent();
            Repository repository = freshRepository();
            Manifest one = imageIn(repository);
            Manifest other = imageIn(repository);
            putImage(freshRepository());
            Manifest index = ManifestText.of(mediaType)
                    .child(one.descriptor())
                    .child(other.descriptor())
                    .manifest();
            assertMissing(repository, index, one.digest(), other.digest());
            repository.manifests().put(one);
            repository.manifests().put(other);
            repository.manifests().put(index, TAG);
            assertHas(repository, index, TAG);
        });
    }

    @Test
    void aManifestThatSaysAnotherSizeOfABlobIsRefused() {
        requireReferencedContent();
        Repository repository = freshRepository();
        byte[] config = freshBytes(100);
        push(repository, config);
        for (long size : new long[] {0, 99, 101, Long.MAX_VALUE}) {
            Manifest image = ManifestText.of(MediaTypes.OCI_MANIFEST)
                    .config(Descriptor.of(MediaTypes.OCI_CONFIG, Digest.sha256(config), size))
                    .manifest();
            assertRefused(ErrorCode.MANIFEST_INVALID, repository, image);
        }
        assertThat(repository.blobs().find(Digest.sha256(config))).isPresent();
    }

    @Test
    void aManifestThatSaysItIsOfAnotherTypeIsRefused() {
        Cases.of(
                        MediaTypes.OCI_INDEX,
                        MediaTypes.DOCKER_MANIFEST,
                        MediaTypes.DOCKER_MANIFEST_LIST,
                        "application/vnd.example.unknown+json",
                        "nonsense")
                .check(pushedAs -> {
                    Repository repository = freshRepository();
                    Manifest image = imageIn(repository);
                    assertRefused(ErrorCode.MANIFEST_INVALID, repository, Manifest.of(pushedAs, image.bytes()));
                });
    }

    @Test
    void schema1IsRefused() {
        Cases.of(MediaTypes.DOCKER_MANIFEST_SCHEMA1, MediaTypes.DOCKER_MANIFEST_SCHEMA1_SIGNED)
                .check(mediaType -> {
                    String json =
                            "{\"schemaVersion\": 1, \"name\": \"a\", \"tag\": \"b\", \"fsLayers\": [], \"history\": []}";
                    assertRefused(ErrorCode.MANIFEST_INVALID, freshRepository(), manifest(mediaType, json));
                });
    }

    @Test
    void whatIsNotAManifestIsRefused() {
        Cases.of(
                        "",
                        " ",
                        "{",
                        "{}",
                        "[]",
                        "null",
                        "42",
                        "\"text\"",
                        "{\"schemaVersion\": 2}",
                        "{\"schemaVersion\": 2, \"manifests\": {}, \"config\": {}, \"layers\": []}",
                        "{\"schemaVersion\": 2, \"config\": {}, \"layers\": []}",
                        "{\"schemaVersion\": 2, \"config\": null, \"layers\": null}",
                        "{\"schemaVersion\": 1, \"config\": {}, \"layers\": []}",
                        "{\"schemaVersion\": 2} {\"schemaVersion\": 2}",
                        "<xml/>",
                        "PK\u0003\u0004")
                .check(content -> {
                    Repository repository = freshRepository();
                    assertRefused(ErrorCode.MANIFEST_INVALID, repository, manifest(MediaTypes.OCI_MANIFEST, content));
                    assertRefused(
                            ErrorCode.MANIFEST_INVALID, repository, manifest(MediaTypes.DOCKER_MANIFEST, content));
                });
    }

    @Test
    void whatIsNotAnIndexIsRefused() {
        Repository repository = freshRepository();
        for (String content : new String[] {"", "{}", "[]", "{\"manifests\": 1}", "{\"manifests\": [{}]}"}) {
            assertRefused(ErrorCode.MANIFEST_INVALID, repository, manifest(MediaTypes.OCI_INDEX, content));
            assertRefused(ErrorCode.MANIFEST_INVALID, repository, manifest(MediaTypes.DOCKER_MANIFEST_LIST, content));
        }
    }

    /** What one reader takes for an image and the next one for an index is neither (CVE-2021-41190). */
    @Test
    void whatIsBothAnImageAndAnIndexIsRefused() {
        Repository repository = freshRepository();
        Manifest image = ManifestText.imageWithContentIn(repository)
                .field("manifests", "[]")
                .manifest();
        assertRefused(ErrorCode.MANIFEST_INVALID, repository, image);
        Manifest index = ManifestText.index().field("layers", "[]").manifest();
        assertRefused(ErrorCode.MANIFEST_INVALID, repository, index);
    }

    @Test
    void aTruncatedManifestIsRefused() {
        Repository repository = freshRepository();
        byte[] whole = imageIn(repository).bytes();
        for (int length = 0; length < whole.length; length += 97) {
            Manifest cut = Manifest.of(MediaTypes.OCI_MANIFEST, Arrays.copyOf(whole, length));
            assertRefused(ErrorCode.MANIFEST_INVALID, repository, cut);
        }
    }

    @Test
    void aManifestOverTheLimitIsRefused() {
        Repository repository = freshRepository();
        Manifest image = ManifestText.imageWithContentIn(repository).manifestOf(contract.maxManifestBytes() + 1);
        assertRefused(ErrorCode.MANIFEST_TOO_LARGE, repository, image);
    }

    @Test
    void aRefusedManifestLeavesTheTagWhereItWas() {
        Repository repository = freshRepository();
        Manifest before = putImage(repository, TAG);
        Manifest broken = manifest(MediaTypes.OCI_MANIFEST, "{");
        failure(ErrorCode.MANIFEST_INVALID, () -> repository.manifests().put(broken, TAG));
        assertHas(repository, before, TAG);
        assertLacks(repository, broken);
    }

    private static Manifest manifest(String mediaType, String content) {
        return Manifest.of(mediaType, content.getBytes(StandardCharsets.UTF_8));
    }
}

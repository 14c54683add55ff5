package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.DeleteResult;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Deleting manifests, with the tags that point at them. */
@org.junit.jupiter.api.Tag("end-9")
abstract class ManifestDeletionRules extends RegistryRules {
    private static final Tag ONE = tag("1");
    private static final Tag TWO = tag("2");
    private static final Tag THREE = tag("3");

    ManifestDeletionRules(RegistryContract contract) {
        super(contract);
    }

    private void requireDelete() {
        assumeTrue(contract.supportsDelete(), "The registry does not delete");
    }

    private void assertDeleted(DeleteResult result, Tag... tags) {
        assertThat(result.deleted()).isTrue();
        if (contract.reportsDeletedTags()) {
            assertThat(result.tags()).containsExactlyInAnyOrder(tags);
        }
    }

    @Test
    void aManifestGoesWithItsTags() {
        requireDelete();
        Repository repository = freshRepository();
        Manifest stays = putImage(repository, THREE);
        Manifest goes = putImage(repository, ONE, TWO);
        assertDeleted(repository.manifests().delete(goes.digest()), ONE, TWO);
        assertLacks(repository, goes);
        assertLacks(repository, ONE);
        assertLacks(repository, TWO);
        assertHas(repository, stays, THREE);
        assertThat(repository.tags().list()).containsExactly(THREE);
    }

    @Test
    void deletingAManifestReportsItsTags() {
        requireDelete();
        assumeTrue(contract.reportsDeletedTags(), "The registry does not tell which tags it has deleted");
        Repository repository = freshRepository();
        Manifest image = putImage(repository, ONE, TWO);
        putImage(repository, TWO, THREE);
        assertThat(repository.manifests().delete(image.digest()).tags()).containsExactly(ONE);
    }

    @Test
    void aTagThatHasMovedOnStays() {
        requireDelete();
        Repository repository = freshRepository();
        Manifest before = putImage(repository, ONE, TWO);
        Manifest after = putImage(repository, ONE);
        assertDeleted(repository.manifests().delete(before.digest()), TWO);
        assertHas(repository, after, ONE);
        assertThat(repository.tags().list()).containsExactly(ONE);
    }

    @Test
    void aManifestWithoutTagsCanBeDeleted() {
        requireDelete();
        Repository repository = freshRepository();
        Manifest stays = putImage(repository);
        Manifest goes = putImage(repository);
        assertDeleted(repository.manifests().delete(goes.digest()));
        assertLacks(repository, goes);
        assertHas(repository, stays);
    }

    @Test
    void whatIsNotThereCannotBeDeleted() {
        requireDelete();
        Repository repository = freshRepository();
        Manifest image = imageIn(repository);
        for (Digest digest : List.of(image.digest(), Digest.compute(DigestAlgorithm.SHA512, freshBytes(10)))) {
            assertThat(repository.manifests().delete(digest)).isEqualTo(new DeleteResult(false, List.of()));
        }
        Manifest pushed = putImage(repository, ONE);
        assertThat(freshRepository().manifests().delete(pushed.digest()).deleted())
                .isFalse();
        assertHas(repository, pushed, ONE);
        assertDeleted(repository.manifests().delete(pushed.digest()), ONE);
        assertThat(repository.manifests().delete(pushed.digest())).isEqualTo(new DeleteResult(false, List.of()));
    }

    @Test
    void whatWasDeletedCanBePushedAgain() {
        requireDelete();
        Repository repository = freshRepository();
        Manifest image = putImage(repository, ONE, TWO);
        repository.manifests().delete(image.digest());
        repository.manifests().put(image, TWO);
        assertHas(repository, image, TWO);
        assertLacks(repository, ONE);
        assertThat(repository.tags().list()).containsExactly(TWO);
    }

    @Test
    void aManifestWithASha512CanBeDeleted() {
        requireDelete();
        Repository repository = freshRepository();
        Manifest image = ManifestText.imageWithContentIn(repository).manifest(DigestAlgorithm.SHA512);
        repository.manifests().put(image, ONE);
        assertDeleted(repository.manifests().delete(image.digest()), ONE);
        assertLacks(repository, image);
        assertLacks(repository, ONE);
    }

    @Test
    void deletingAManifestKeepsItsBlobs() {
        requireDelete();
        Repository repository = freshRepository();
        byte[] config = freshBytes(100);
        push(repository, config);
        Manifest image = ManifestText.of(MediaTypes.OCI_MANIFEST)
                .config(Descriptor.of(MediaTypes.OCI_CONFIG, Digest.sha256(config), config.length))
                .manifest();
        repository.manifests().put(image, ONE);
        repository.manifests().delete(image.digest());
        assertThat(repository.blobs().find(Digest.sha256(config))).isPresent();
    }

    @Test
    void anIndexGoesWithoutItsManifests() {
        requireDelete();
        Repository repository = freshRepository();
        Manifest child = putImage(repository);
        Manifest index = ManifestText.index().child(child.descriptor()).manifest();
        repository.manifests().put(index, ONE);
        assertDeleted(repository.manifests().delete(index.digest()), ONE);
        assertLacks(repository, index);
        assertHas(repository, child);
    }

    @Test
    void otherRepositoriesKeepTheManifest() {
        requireDelete();
        Repository one = freshRepository();
        Repository other = freshRepository();
        Manifest index =
                ManifestText.index().annotation("key", freshName().value()).manifest();
        one.manifests().put(index, ONE);
        other.manifests().put(index, ONE, TWO);
        assertDeleted(one.manifests().delete(index.digest()), ONE);
        assertDoesNotExist(one);
        assertHas(other, index, ONE, TWO);
    }

    @Test
    void aRepositoryExistsFromItsFirstManifestToItsLast() {
        requireDelete();
        Repository repository = freshRepository();
        assertDoesNotExist(repository);
        Manifest first = imageIn(repository);
        assertDoesNotExist(repository);
        repository.manifests().put(first);
        assertThat(repository.tags().list()).isEmpty();
        Manifest second = putImage(repository, ONE);
        repository.manifests().delete(first.digest());
        assertThat(repository.tags().list()).containsExactly(ONE);
        repository.manifests().delete(second.digest());
        assertDoesNotExist(repository);
        repository.manifests().put(first);
        assertThat(repository.tags().list()).isEmpty();
    }

    @Test
    void aDeletionIsSeenByOtherProcesses() {
        requireDelete();
        Repository repository = freshRepository();
        Manifest image = putImage(repository, ONE);
        try (Registry elsewhere = openElsewhere()) {
            Repository same = elsewhere.repository(repository.name());
            assertHas(same, image, ONE);
            repository.manifests().delete(image.digest());
            assertLacks(same, image);
            assertLacks(same, ONE);
            assertDoesNotExist(same);
        }
    }

    @Test
    void aRegistryThatDoesNotDeleteSaysSo() {
        assumeFalse(contract.supportsDelete(), "The registry deletes");
        Repository repository = freshRepository();
        Manifest image = putImage(repository, ONE);
        failure(ErrorCode.UNSUPPORTED, () -> repository.manifests().delete(image.digest()));
        assertHas(repository, image, ONE);
    }
}

package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.PutResult;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Single tags: looking them up, pointing them somewhere, taking them away. */
@org.junit.jupiter.api.Tag("end-3")
@org.junit.jupiter.api.Tag("end-7")
@org.junit.jupiter.api.Tag("end-9")
abstract class TagRules extends RegistryRules {
    private static final Tag ONE = tag("1");
    private static final Tag TWO = tag("2");

    TagRules(RegistryContract contract) {
        super(contract);
    }

    private void requireTagDelete() {
        assumeTrue(contract.supportsTagDelete(), "The registry does not delete tags alone");
    }

    @Test
    void whatWasNeverTaggedIsNotThere() {
        Repository repository = freshRepository();
        assertLacks(repository, ONE);
        putImage(repository);
        assertLacks(repository, ONE);
        putImage(repository, TWO);
        assertLacks(repository, ONE);
    }

    @Test
    void anyTagCanBeUsed() {
        Cases.of("latest", "1.0", "_", "A", "a", "0", "a-b.c_d", "Z--..__", "sha256-0123456789abcdef")
                .check(name -> {
                    Repository repository = freshRepository();
                    assertHas(repository, putImage(repository, tag(name)), tag(name));
                });
    }

    @Test
    void aTagMayBeAsLongAsTagsMayBe() {
        Repository repository = freshRepository();
        Tag longest = tag("x".repeat(Tag.MAX_LENGTH));
        assertHas(repository, putImage(repository, longest), longest);
        assertThat(repository.tags().list()).containsExactly(longest);
    }

    @Test
    void upperAndLowerCaseAreDifferentTags() {
        Repository repository = freshRepository();
        Manifest upper = putImage(repository, tag("Tag"));
        Manifest lower = putImage(repository, tag("tag"));
        assertHas(repository, upper, tag("Tag"));
        assertHas(repository, lower, tag("tag"));
    }

    @Test
    void aManifestThatIsThereCanBeTagged() {
        Repository repository = freshRepository();
        Manifest image = putImage(repository);
        PutResult result = repository.tags().put(ONE, image.digest());
        assertThat(result.descriptor()).isEqualTo(image.descriptor());
        assertThat(result.tags()).containsExactly(ONE);
        repository.tags().put(TWO, image.digest());
        assertHas(repository, image, ONE, TWO);
        assertThat(repository.tags().list()).containsExactly(ONE, TWO);
    }

    @Test
    void aTagCanBeMoved() {
        Repository repository = freshRepository();
        Manifest first = putImage(repository, ONE);
        Manifest second = putImage(repository, TWO);
        repository.tags().put(ONE, second.digest());
        assertHas(repository, second, ONE, TWO);
        assertHas(repository, first);
        repository.tags().put(ONE, first.digest());
        assertHas(repository, first, ONE);
        assertThat(repository.tags().list()).containsExactly(ONE, TWO);
    }

    @Test
    void whatIsNotThereCannotBeTagged() {
        Repository repository = freshRepository();
        Manifest elsewhere = putImage(freshRepository(), ONE);
        assertNotTagged(repository, elsewhere.digest());
        assertDoesNotExist(repository);
        Manifest before = putImage(repository, ONE);
        Digest blob = pushFresh(repository, 100);
        for (Digest missing : List.of(elsewhere.digest(), blob, Digest.sha256(freshBytes(10)))) {
            assertNotTagged(repository, missing);
        }
        assertHas(repository, before, ONE);
        assertLacks(repository, TWO);
    }

    private static void assertNotTagged(Repository repository, Digest missing) {
        for (Tag tag : List.of(ONE, TWO)) {
            assertThat(failure(
                            ErrorCode.MANIFEST_UNKNOWN, () -> repository.tags().put(tag, missing)))
                    .hasMessageContaining(missing.toString());
        }
    }

    @Test
    void deletingATagKeepsItsSiblingsAndItsManifest() {
        requireTagDelete();
        Repository repository = freshRepository();
        Manifest image = putImage(repository, ONE, TWO);
        assertThat(repository.tags().delete(ONE)).isTrue();
        assertLacks(repository, ONE);
        assertHas(repository, image, TWO);
        assertThat(repository.tags().list()).containsExactly(TWO);
    }

    @Test
    void aRepositoryOutlivesItsLastTag() {
        requireTagDelete();
        Repository repository = freshRepository();
        Manifest image = putImage(repository, ONE);
        assertThat(repository.tags().delete(ONE)).isTrue();
        assertHas(repository, image);
        assertThat(repository.tags().list()).isEmpty();
    }

    @Test
    void whatIsNotThereCannotBeDeleted() {
        requireTagDelete();
        Repository repository = freshRepository();
        assertThat(repository.tags().delete(ONE)).isFalse();
        Manifest image = putImage(repository, ONE);
        assertThat(repository.tags().delete(TWO)).isFalse();
        assertThat(repository.tags().delete(ONE)).isTrue();
        assertThat(repository.tags().delete(ONE)).isFalse();
        assertHas(repository, image);
    }

    @Test
    void aTagThatWasDeletedCanBeSetAgain() {
        requireTagDelete();
        Repository repository = freshRepository();
        Manifest first = putImage(repository, ONE);
        repository.tags().delete(ONE);
        Manifest second = putImage(repository, ONE);
        assertHas(repository, second, ONE);
        repository.tags().delete(ONE);
        repository.tags().put(ONE, first.digest());
        assertHas(repository, first, ONE);
        assertThat(repository.tags().list()).containsExactly(ONE);
    }

    @Test
    void aTagGoesThatNamesAManifestWithOthers() {
        requireTagDelete();
        assumeTrue(contract.supportsDelete(), "The registry does not delete");
        Repository repository = freshRepository();
        Manifest image = putImage(repository, ONE, TWO);
        repository.tags().delete(ONE);
        repository.manifests().delete(image.digest());
        assertThat(repository.tags().delete(TWO)).isFalse();
        assertDoesNotExist(repository);
    }

    @Test
    void aTagIsSeenByOtherProcesses() {
        Repository repository = freshRepository();
        Manifest first = putImage(repository, ONE);
        Manifest second = putImage(repository);
        try (Registry elsewhere = openElsewhere()) {
            Repository same = elsewhere.repository(repository.name());
            assertHas(same, first, ONE);
            repository.tags().put(ONE, second.digest());
            assertHas(same, second, ONE);
            if (contract.supportsTagDelete()) {
                repository.tags().delete(ONE);
                assertLacks(same, ONE);
                assertThat(same.tags().list()).isEmpty();
            }
        }
    }

    @Test
    void aRegistryThatDoesNotDeleteTagsSaysSo() {
        assumeFalse(contract.supportsTagDelete(), "The registry deletes tags");
        Repository repository = freshRepository();
        Manifest image = putImage(repository, ONE);
        failure(ErrorCode.UNSUPPORTED, () -> repository.tags().delete(ONE));
        assertHas(repository, image, ONE);
    }
}

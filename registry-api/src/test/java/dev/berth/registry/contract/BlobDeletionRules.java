package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Repository;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Removing blobs from a repository. */
@Tag("end-10")
abstract class BlobDeletionRules extends RegistryRules {
    BlobDeletionRules(RegistryContract contract) {
        super(contract);
    }

    private void requireDelete() {
        assumeTrue(contract.supportsDelete(), "The registry does not delete");
    }

    @Test
    void whatIsDeletedIsGone() {
        requireDelete();
        Repository repository = freshRepository();
        Digest digest = pushFresh(repository, 100);
        Digest other = pushFresh(repository, 100);
        assertThat(repository.blobs().delete(digest)).isTrue();
        assertLacks(repository, digest);
        assertThat(repository.blobs().find(other)).isPresent();
    }

    @Test
    void whatIsNotThereCannotBeDeleted() {
        requireDelete();
        Repository repository = freshRepository();
        Digest digest = Digest.sha256(freshBytes(10));
        assertThat(repository.blobs().delete(digest)).isFalse();
        assertThat(repository.blobs().delete(Digest.compute(DigestAlgorithm.SHA512, freshBytes(10))))
                .isFalse();
        Digest pushed = pushFresh(repository, 100);
        assertThat(repository.blobs().delete(pushed)).isTrue();
        assertThat(repository.blobs().delete(pushed)).isFalse();
    }

    @Test
    void whatWasDeletedCanBePushedAgain() {
        Cases.ints(0, 100, 200_000).check(size -> {
            requireDelete();
            Repository repository = freshRepository();
            byte[] bytes = freshBytes(size);
            Digest digest = push(repository, bytes).digest();
            repository.blobs().delete(digest);
            assertLacks(repository, digest);
            push(repository, bytes);
            assertHas(repository, digest, bytes);
        });
    }

    @Test
    void otherRepositoriesKeepTheBlob() throws IOException {
        requireDelete();
        Repository one = freshRepository();
        Repository other = freshRepository();
        byte[] bytes = freshBytes(1000);
        Digest digest = push(one, bytes).digest();
        push(other, bytes);
        assertThat(freshRepository().blobs().delete(digest)).isFalse();
        assertThat(one.blobs().delete(digest)).isTrue();
        assertLacks(one, digest);
        assertHas(other, digest, bytes);
    }

    @Test
    void aRegistryThatDoesNotDeleteSaysSo() {
        assumeFalse(contract.supportsDelete(), "The registry deletes");
        Repository repository = freshRepository();
        Digest digest = pushFresh(repository, 100);
        failure(ErrorCode.UNSUPPORTED, () -> repository.blobs().delete(digest));
        assertThat(repository.blobs().find(digest)).isPresent();
    }
}

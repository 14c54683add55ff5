package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blobs that are pushed in one go, and can be pulled then. */
@Tag("end-4a")
@Tag("end-4b")
@Tag("end-6")
abstract class BlobPushRules extends RegistryRules {
    BlobPushRules(RegistryContract contract) {
        super(contract);
    }

    /** Around the sizes at which an implementation may begin to do it differently. */
    @Test
    void aBlobOfThisSizeCanBePulled() {
        Cases.ints(0, 1, 4095, 8192, 65_535, 65_536, 65_537, 131_072, 1_000_000).check(size -> {
            Repository repository = freshRepository();
            byte[] bytes = freshBytes(size);
            Digest digest = Digest.sha256(bytes);
            Descriptor pushed = repository.blobs().push(digest, BlobSource.of(bytes));
            assertThat(pushed.digest()).isEqualTo(digest);
            assertThat(pushed.size()).isEqualTo(size);
            assertHas(repository, digest, bytes);
        });
    }

    @Test
    void aLargeBlobCanBePulled() throws IOException {
        Repository repository = freshRepository();
        byte[] bytes = freshBytes(contract.largeBlobBytes());
        assertHas(repository, push(repository, bytes).digest(), bytes);
    }

    @Test
    void aBlobCanHaveASha512() {
        Cases.ints(0, 100, 200_000).check(size -> {
            Repository repository = freshRepository();
            byte[] bytes = freshBytes(size);
            Digest digest = Digest.compute(DigestAlgorithm.SHA512, bytes);
            Descriptor pushed = repository.blobs().push(digest, BlobSource.of(bytes));
            assertThat(pushed.digest()).isEqualTo(digest);
            assertHas(repository, digest, bytes);
        });
    }

    @Test
    void aSourceNeedNotKnowItsSize() {
        Cases.ints(0, 100, 65_536, 65_537, 1_000_000).check(size -> {
            Repository repository = freshRepository();
            byte[] bytes = freshBytes(size);
            Digest digest = Digest.sha256(bytes);
            repository.blobs().push(digest, unsized(bytes));
            assertHas(repository, digest, bytes);
        });
    }

    @Test
    void aSourceThatKnowsItsSizeMayBeReadableOnce() {
        Cases.ints(0, 100, 65_536, 65_537, 1_000_000).check(size -> {
            Repository repository = freshRepository();
            byte[] bytes = freshBytes(size);
            Digest digest = Digest.sha256(bytes);
            repository.blobs().push(digest, BlobSource.once(new ByteArrayInputStream(bytes), size));
            assertHas(repository, digest, bytes);
        });
    }

    @Test
    void aSourceMayDeliverAFewBytesAtATime() throws IOException {
        Repository repository = freshRepository();
        byte[] bytes = freshBytes(100_000);
        Digest digest = Digest.sha256(bytes);
        repository.blobs().push(digest, BlobSource.once(UploadStreams.dribble(bytes)));
        assertHas(repository, digest, bytes);
    }

    @Test
    void aPushWithoutADigestReturnsIt() {
        Cases.ints(0, 1, 65_536, 300_000).check(this::assertPushReturnsTheDigest);
    }

    private void assertPushReturnsTheDigest(int size) throws IOException {
        Repository repository = freshRepository();
        byte[] bytes = freshBytes(size);
        for (BlobSource content : List.of(
                BlobSource.of(bytes),
                unsized(bytes),
                BlobSource.once(new ByteArrayInputStream(bytes), size),
                BlobSource.once(UploadStreams.dribble(bytes)))) {
            Descriptor pushed = repository.blobs().push(content);
            assertThat(pushed.digest()).isEqualTo(Digest.sha256(bytes));
            assertThat(pushed.size()).isEqualTo(size);
            assertHas(repository, pushed.digest(), bytes);
            repository.blobs().delete(pushed.digest());
        }
    }

    @Test
    void aLargeBlobCanBePushedWithoutADigest() throws IOException {
        Repository repository = freshRepository();
        byte[] bytes = freshBytes(contract.largeBlobBytes());
        Descriptor pushed = repository.blobs().push(BlobSource.once(new ByteArrayInputStream(bytes)));
        assertHas(repository, pushed.digest(), bytes);
    }

    @Test
    void aPushWithoutADigestClosesEveryStreamThatItOpens() {
        byte[] bytes = freshBytes(100_000);
        for (BlobSource content :
                List.of(BlobSource.of(bytes), BlobSource.once(new ByteArrayInputStream(bytes), bytes.length))) {
            WatchedSource source = new WatchedSource(content);
            freshRepository().blobs().push(source);
            assertThat(source.opened()).isPositive();
            assertThat(source.closed()).isEqualTo(source.opened());
        }
    }

    @Test
    void aPushWithoutADigestOfContentThatEndsTooEarlyLeavesNothing() {
        Repository repository = freshRepository();
        byte[] bytes = freshBytes(1000);
        failure(
                ErrorCode.SIZE_INVALID,
                () -> repository.blobs().push(BlobSource.once(new ByteArrayInputStream(bytes), bytes.length + 1)));
        assertLacks(repository, Digest.sha256(bytes));
    }

    @Test
    void aFileCanBePushed(@TempDir Path directory) throws IOException {
        Repository repository = freshRepository();
        byte[] bytes = freshBytes(150_000);
        Path file = Files.write(directory.resolve("blob"), bytes);
        Digest digest = Digest.sha256(bytes);
        repository.blobs().push(digest, BlobSource.of(file));
        assertHas(repository, digest, bytes);
    }

    @Test
    void everyStreamThatIsOpenedIsClosed() {
        Cases.ints(0, 100, 200_000).check(size -> {
            byte[] bytes = freshBytes(size);
            WatchedSource source = new WatchedSource(BlobSource.of(bytes));
            freshRepository().blobs().push(Digest.sha256(bytes), source);
            assertThat(source.opened()).isPositive();
            assertThat(source.closed()).isEqualTo(source.opened());
        });
    }

    @Test
    void aBlobCanBePushedAgain() {
        Cases.ints(100, 200_000).check(size -> {
            Repository repository = freshRepository();
            byte[] bytes = freshBytes(size);
            assertThat(push(repository, bytes)).isEqualTo(push(repository, bytes));
            assertHas(repository, Digest.sha256(bytes), bytes);
        });
    }

    @Test
    void aBlobIsInTheRepositoryThatItWasPushedTo() {
        Digest digest = pushFresh(freshRepository(), 100);
        assertLacks(freshRepository(), digest);
    }

    @Test
    void theSameBlobCanBeInSeveralRepositories() throws IOException {
        Repository one = freshRepository();
        Repository other = freshRepository();
        byte[] bytes = freshBytes(100_000);
        push(one, bytes);
        push(other, bytes);
        assertHas(one, Digest.sha256(bytes), bytes);
        assertHas(other, Digest.sha256(bytes), bytes);
    }

    @Test
    void aBlobThatWasPushedIsThereForOtherProcesses() throws IOException {
        Repository repository = freshRepository();
        byte[] bytes = freshBytes(1000);
        push(repository, bytes);
        try (Registry elsewhere = openElsewhere()) {
            assertHas(elsewhere.repository(repository.name()), Digest.sha256(bytes), bytes);
        }
    }
}

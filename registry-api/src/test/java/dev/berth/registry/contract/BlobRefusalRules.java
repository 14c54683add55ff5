package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pushes of blobs that fail, and leave nothing behind. Each with a small and a larger blob. */
@Tag("end-4a")
@Tag("end-4b")
@Tag("end-6")
abstract class BlobRefusalRules extends RegistryRules {
    private static final int SMALL = 1000;
    private static final int LARGER = 300_000;

    BlobRefusalRules(RegistryContract contract) {
        super(contract);
    }

    @Test
    void aBlobThatIsNotWhatWasSaidIsRefused() {
        Cases.ints(0, SMALL, LARGER).check(size -> {
            Repository repository = freshRepository();
            byte[] bytes = freshBytes(size);
            Digest expected = Digest.sha256(freshBytes(SMALL));
            assertThat(failure(
                            ErrorCode.DIGEST_INVALID, () -> repository.blobs().push(expected, BlobSource.of(bytes))))
                    .hasMessageContaining(expected.toString());
            assertLacks(repository, expected);
            if (size > 0) {
                assertLacks(repository, Digest.sha256(bytes));
            }
        });
    }

    @Test
    void aBlobThatDoesNotHaveItsSha512IsRefused() {
        Cases.ints(SMALL, LARGER).check(size -> {
            Repository repository = freshRepository();
            byte[] bytes = freshBytes(size);
            Digest expected = Digest.compute(DigestAlgorithm.SHA512, freshBytes(SMALL));
            failure(ErrorCode.DIGEST_INVALID, () -> repository.blobs().push(expected, unsized(bytes)));
            assertLacks(repository, expected);
            assertLacks(repository, Digest.compute(DigestAlgorithm.SHA512, bytes));
        });
    }

    @Test
    void thatABlobIsThereAlreadyDoesNotSpareItsPushTheBytes() {
        Cases.ints(SMALL, LARGER).check(size -> {
            Repository repository = freshRepository();
            byte[] bytes = freshBytes(size);
            Digest digest = push(repository, bytes).digest();
            byte[] changed = bytes.clone();
            changed[size / 2]++;
            failure(ErrorCode.DIGEST_INVALID, () -> repository.blobs().push(digest, BlobSource.of(changed)));
            assertHas(repository, digest, bytes);
        });
    }

    @Test
    void thatAnotherRepositoryHasABlobDoesNotSpareItsPushTheBytes() {
        Cases.ints(SMALL, LARGER).check(size -> {
            byte[] bytes = freshBytes(size);
            Digest digest = push(freshRepository(), bytes).digest();
            Repository repository = freshRepository();
            failure(ErrorCode.DIGEST_INVALID, () -> repository.blobs().push(digest, BlobSource.of(new byte[size])));
            assertLacks(repository, digest);
        });
    }

    @Test
    void aBlobThatIsShorterThanItsSourceSaidIsRefused() {
        Cases.ints(0, SMALL, LARGER).check(size -> {
            Repository repository = freshRepository();
            byte[] bytes = freshBytes(size);
            Digest digest = Digest.sha256(bytes);
            BlobSource source = BlobSource.once(new ByteArrayInputStream(bytes), size + 1L);
            failure(ErrorCode.SIZE_INVALID, () -> repository.blobs().push(digest, source));
            assertLacks(repository, digest);
        });
    }

    @Test
    void aBlobThatIsLongerThanItsSourceSaidIsRefused() {
        Cases.ints(1, SMALL, LARGER).check(size -> {
            Repository repository = freshRepository();
            byte[] bytes = freshBytes(size);
            byte[] announced = Arrays.copyOf(bytes, size - 1);
            for (byte[] meant : new byte[][] {bytes, announced}) {
                Digest digest = Digest.sha256(meant);
                BlobSource source = BlobSource.once(new ByteArrayInputStream(bytes), size - 1L);
                failure(ErrorCode.SIZE_INVALID, () -> repository.blobs().push(digest, source));
                if (meant.length > 0) {
                    assertLacks(repository, digest);
                }
            }
        });
    }

    @Test
    void aSourceThatFailsHalfwayLeavesNothing() {
        Cases.ints(0, SMALL, LARGER).check(size -> {
            Repository repository = freshRepository();
            byte[] bytes = freshBytes(size);
            Digest whole = Digest.sha256(freshBytes(SMALL));
            IOException broken = new IOException("The source broke");
            WatchedSource source = new WatchedSource(BlobSource.once(UploadStreams.failing(bytes, broken)));
            RegistryException failure =
                    failure(ErrorCode.UNAVAILABLE, () -> repository.blobs().push(whole, source));
            assertThat(failure).hasStackTraceContaining(broken.getMessage());
            assertThat(source.closed()).isEqualTo(source.opened());
            assertLacks(repository, whole);
            if (size > 0) {
                assertLacks(repository, Digest.sha256(bytes));
            }
        });
    }

    @Test
    void aSourceThatCannotBeOpenedLeavesNothing() {
        Repository repository = freshRepository();
        Digest digest = Digest.sha256(freshBytes(SMALL));
        RegistryException failure =
                failure(ErrorCode.UNAVAILABLE, () -> repository.blobs().push(digest, new Unopenable()));
        assertThat(failure).hasStackTraceContaining(Unopenable.MESSAGE);
        assertLacks(repository, digest);
    }

    @Test
    void aSourceThatWasReadAlreadyIsAFailingOne() throws IOException {
        Repository repository = freshRepository();
        byte[] bytes = freshBytes(SMALL);
        Digest digest = Digest.sha256(bytes);
        BlobSource source = unsized(bytes);
        repository.blobs().push(digest, source);
        Repository other = freshRepository();
        failure(ErrorCode.UNAVAILABLE, () -> other.blobs().push(digest, source));
        assertHas(repository, digest, bytes);
        assertLacks(other, digest);
    }

    @Test
    void afterAFailureTheBlobCanBePushed() {
        Cases.ints(SMALL, LARGER).check(size -> {
            Repository repository = freshRepository();
            byte[] bytes = freshBytes(size);
            Digest digest = Digest.sha256(bytes);
            byte[] half = Arrays.copyOf(bytes, size / 2);
            BlobSource broken = BlobSource.once(UploadStreams.failing(half, new IOException("The source broke")));
            failure(ErrorCode.UNAVAILABLE, () -> repository.blobs().push(digest, broken));
            failure(ErrorCode.DIGEST_INVALID, () -> repository.blobs().push(digest, BlobSource.of(half)));
            push(repository, bytes);
            assertHas(repository, digest, bytes);
        });
    }

    private static final class Unopenable implements BlobSource {
        static final String MESSAGE = "The source is not there any more";

        @Override
        public InputStream open() throws IOException {
            throw new IOException(MESSAGE);
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.of(SMALL);
        }

        @Override
        public boolean reopenable() {
            return true;
        }
    }
}

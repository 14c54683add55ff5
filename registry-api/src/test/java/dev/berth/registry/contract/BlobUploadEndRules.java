package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Repository;
import dev.berth.registry.UploadOptions;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How uploads end: with a blob, or without. */
@Tag("end-6")
abstract class BlobUploadEndRules extends UploadSteps {
    BlobUploadEndRules(RegistryContract contract) {
        super(contract);
    }

    /** Both the algorithm that was announced, and the other one. */
    @Test
    void anUploadCanBeCommittedWithEitherAlgorithm() {
        Cases.of(DigestAlgorithm.values()).check(announced -> {
            for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
                Repository repository = freshRepository();
                BlobUpload upload = repository.blobs().startUpload(UploadOptions.of(announced));
                byte[] one = piece(upload, 100_000);
                byte[] two = freshBytes(1000);
                append(upload, one);
                append(upload, two);
                byte[] whole = concat(one, two);
                Digest digest = Digest.compute(algorithm, whole);
                Descriptor blob = upload.commit(digest);
                assertThat(blob.digest()).isEqualTo(digest);
                assertThat(blob.size()).isEqualTo(whole.length);
                assertHas(repository, digest, whole);
                assertEnded(repository, upload);
            }
        });
    }

    @Test
    void anUploadWithoutBytesIsTheEmptyBlob() throws IOException {
        Repository repository = freshRepository();
        BlobUpload upload = repository.blobs().startUpload();
        Digest empty = Digest.sha256(new byte[0]);
        assertThat(upload.commit(empty).size()).isZero();
        assertHas(repository, empty, new byte[0]);
    }

    @Test
    void aBlobThatIsThereAlreadyCanBeUploadedAgain() throws IOException {
        Repository repository = freshRepository();
        byte[] bytes = freshBytes(100_000);
        Digest digest = push(repository, bytes).digest();
        BlobUpload upload = repository.blobs().startUpload();
        append(upload, bytes);
        upload.commit(digest);
        assertHas(repository, digest, bytes);
        assertEnded(repository, upload);
    }

    @Test
    void anUploadThatIsNotWhatWasSaidIsOver() {
        Repository repository = freshRepository();
        BlobUpload upload = repository.blobs().startUpload();
        byte[] bytes = piece(upload, 100_000);
        append(upload, bytes);
        Digest expected = Digest.sha256(freshBytes(100));
        assertThat(failure(ErrorCode.DIGEST_INVALID, () -> upload.commit(expected)))
                .hasMessageContaining(expected.toString());
        assertLacks(repository, expected);
        assertLacks(repository, Digest.sha256(bytes));
        assertEnded(repository, upload);
    }

    @Test
    void thatABlobIsThereAlreadyDoesNotSpareAnUploadItsBytes() throws IOException {
        Repository repository = freshRepository();
        byte[] bytes = freshBytes(100_000);
        Digest digest = push(repository, bytes).digest();
        BlobUpload upload = repository.blobs().startUpload();
        append(upload, new byte[bytes.length]);
        failure(ErrorCode.DIGEST_INVALID, () -> upload.commit(digest));
        assertHas(repository, digest, bytes);
    }

    @Test
    void cancellingDropsTheBytes() {
        Repository repository = freshRepository();
        BlobUpload upload = repository.blobs().startUpload();
        byte[] bytes = piece(upload, 100_000);
        append(upload, bytes);
        upload.cancel();
        upload.cancel();
        assertEnded(repository, upload);
        assertLacks(repository, Digest.sha256(bytes));
        upload.close();
    }

    @Test
    void anotherObjectCanCancel() {
        Repository repository = freshRepository();
        BlobUpload upload = repository.blobs().startUpload();
        append(upload, piece(upload, 100));
        repository.blobs().resumeUpload(upload.id()).cancel();
        assertEnded(repository, upload);
    }

    @Test
    void cancellingWhatIsCommittedDoesNothing() throws IOException {
        Repository repository = freshRepository();
        BlobUpload upload = repository.blobs().startUpload();
        byte[] bytes = freshBytes(1000);
        append(upload, bytes);
        upload.commit(Digest.sha256(bytes));
        upload.cancel();
        assertHas(repository, Digest.sha256(bytes), bytes);
    }

    private static void assertEnded(Repository repository, BlobUpload upload) {
        byte[] bytes = freshBytes(10);
        failure(ErrorCode.BLOB_UPLOAD_UNKNOWN, () -> repository.blobs().resumeUpload(upload.id()));
        failure(ErrorCode.BLOB_UPLOAD_UNKNOWN, () -> upload.append(0, BlobSource.of(bytes)));
        failure(ErrorCode.BLOB_UPLOAD_UNKNOWN, () -> upload.commit(Digest.sha256(bytes)));
    }
}

package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.UploadId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Blobs that arrive in pieces, also by several objects for the same upload. */
@Tag("end-4a")
@Tag("end-5")
@Tag("end-13")
abstract class BlobUploadRules extends UploadSteps {
    BlobUploadRules(RegistryContract contract) {
        super(contract);
    }

    @Test
    void aBlobMayArriveInPieces() throws IOException {
        Repository repository = freshRepository();
        try (BlobUpload upload = repository.blobs().startUpload()) {
            assertThat(upload.offset()).isZero();
            byte[] one = piece(upload, 1);
            byte[] two = piece(upload, 100_000);
            byte[] three = piece(upload, 7000);
            append(upload, one);
            append(upload, two);
            append(upload, three);
            byte[] whole = concat(one, two, three);
            Digest digest = Digest.sha256(whole);
            assertLacks(repository, digest);
            assertThat(upload.commit(digest).size()).isEqualTo(whole.length);
            assertHas(repository, digest, whole);
        }
    }

    @Test
    void aPieceNeedNotKnowItsSize() throws IOException {
        Repository repository = freshRepository();
        try (BlobUpload upload = repository.blobs().startUpload()) {
            byte[] one = piece(upload, 100_000);
            byte[] two = freshBytes(10);
            upload.append(0, unsized(one));
            upload.append(one.length, BlobSource.once(UploadStreams.dribble(two)));
            Digest digest = Digest.sha256(concat(one, two));
            upload.commit(digest);
            assertHas(repository, digest, concat(one, two));
        }
    }

    @Test
    void severalUploadsToTheSameRepositoryDoNotMix() throws IOException {
        Repository repository = freshRepository();
        try (BlobUpload one = repository.blobs().startUpload();
                BlobUpload other = repository.blobs().startUpload()) {
            byte[] bytesOfOne = freshBytes(1000);
            byte[] bytesOfOther = freshBytes(1000);
            append(one, bytesOfOne);
            append(other, bytesOfOther);
            one.commit(Digest.sha256(bytesOfOne));
            other.commit(Digest.sha256(bytesOfOther));
            assertHas(repository, Digest.sha256(bytesOfOne), bytesOfOne);
            assertHas(repository, Digest.sha256(bytesOfOther), bytesOfOther);
        }
    }

    @Test
    void closingKeepsTheUpload() throws IOException {
        Repository repository = freshRepository();
        BlobUpload upload = repository.blobs().startUpload();
        byte[] one = piece(upload, 1000);
        append(upload, one);
        UploadId id = upload.id();
        upload.close();
        upload.close();
        assertGoesOn(repository, id, one);
    }

    @Test
    void anUploadCanBeResumedBeforeItsFirstByte() throws IOException {
        Repository repository = freshRepository();
        BlobUpload upload = repository.blobs().startUpload();
        assertGoesOn(repository, upload.id(), new byte[0]);
    }

    @Test
    void anotherProcessCanGoOn() throws IOException {
        Repository repository = freshRepository();
        BlobUpload upload = repository.blobs().startUpload();
        byte[] one = piece(upload, 1000);
        append(upload, one);
        try (Registry elsewhere = openElsewhere()) {
            assertGoesOn(elsewhere.repository(repository.name()), upload.id(), one);
        }
    }

    private static void assertGoesOn(Repository repository, UploadId id, byte[] soFar) throws IOException {
        try (BlobUpload resumed = repository.blobs().resumeUpload(id)) {
            assertThat(resumed.offset()).isEqualTo(soFar.length);
            byte[] rest = freshBytes(2000);
            append(resumed, rest);
            byte[] whole = concat(soFar, rest);
            resumed.commit(Digest.sha256(whole));
            assertHas(repository, Digest.sha256(whole), whole);
        }
    }

    @Test
    void twoObjectsCanTakeTurns() throws IOException {
        Repository repository = freshRepository();
        BlobUpload one = repository.blobs().startUpload();
        byte[] first = piece(one, 1000);
        append(one, first);
        BlobUpload other = repository.blobs().resumeUpload(one.id());
        byte[] second = piece(one, 2000);
        append(other, second);
        one = repository.blobs().resumeUpload(other.id());
        byte[] third = piece(one, 3000);
        append(one, third);
        byte[] whole = concat(first, second, third);
        other = repository.blobs().resumeUpload(one.id());
        other.commit(Digest.sha256(whole));
        assertHas(repository, Digest.sha256(whole), whole);
    }

    @Test
    void anUploadBelongsToItsRepository() {
        BlobUpload upload = freshRepository().blobs().startUpload();
        append(upload, piece(upload, 100));
        failure(ErrorCode.BLOB_UPLOAD_UNKNOWN, () -> freshRepository().blobs().resumeUpload(upload.id()));
        byte[] more = piece(upload, 100);
        append(upload, more);
    }

    @Test
    void anUploadThatWasNeverStartedIsUnknown() {
        Cases.of(
                        "x",
                        "..",
                        "../..",
                        "../../../../etc/passwd",
                        "/",
                        "a/b",
                        "\u0000",
                        "line\nbreak",
                        "%2e%2e%2f",
                        "?digest=sha256:0",
                        "00000000-0000-0000-0000-000000000000",
                        "Ünïcödé")
                .check(id -> {
                    Repository repository = freshRepository();
                    failure(
                            ErrorCode.BLOB_UPLOAD_UNKNOWN,
                            () -> repository.blobs().resumeUpload(UploadId.of(id)));
                });
    }

    @Test
    void anUploadWithTheLongestIdThatWasNeverStartedIsUnknown() {
        Repository repository = freshRepository();
        failure(
                ErrorCode.BLOB_UPLOAD_UNKNOWN,
                () -> repository.blobs().resumeUpload(UploadId.of("a".repeat(UploadId.MAX_LENGTH))));
        failure(
                ErrorCode.BLOB_UPLOAD_UNKNOWN,
                () -> repository
                        .blobs()
                        .resumeUpload(UploadId.of(UUID.randomUUID().toString())));
    }

    @Test
    void anAppendElsewhereThanAtTheEndIsRefused() throws IOException {
        Repository repository = freshRepository();
        try (BlobUpload upload = repository.blobs().startUpload()) {
            byte[] one = piece(upload, 1000);
            assertRefusedAt(0, () -> upload.append(1, BlobSource.of(one)));
            append(upload, one);
            for (long offset : new long[] {0, one.length - 1, one.length + 1, Long.MAX_VALUE - one.length}) {
                assertRefusedAt(one.length, () -> upload.append(offset, BlobSource.of(one)));
            }
            assertThat(upload.offset()).isEqualTo(one.length);
            byte[] two = freshBytes(100);
            append(upload, two);
            byte[] whole = concat(one, two);
            upload.commit(Digest.sha256(whole));
            assertHas(repository, Digest.sha256(whole), whole);
        }
    }

    private static void assertRefusedAt(long offset, ThrowingCallable append) {
        RegistryException failure = failure(ErrorCode.RANGE_INVALID, append);
        assertThat(failure.uploadOffset()).hasValue(offset);
    }

    @Test
    void afterTheSourceHasFailedTheUploadGoesOnFromWhatWasKept() throws IOException {
        Repository repository = freshRepository();
        try (BlobUpload upload = repository.blobs().startUpload()) {
            byte[] whole = piece(upload, 300_000);
            byte[] half = Arrays.copyOf(whole, whole.length / 2);
            IOException broken = new IOException("The source broke");
            WatchedSource source = new WatchedSource(BlobSource.once(UploadStreams.failing(half, broken)));
            RegistryException failure = failure(ErrorCode.UNAVAILABLE, () -> upload.append(0, source));
            assertThat(failure).hasStackTraceContaining(broken.getMessage());
            assertThat(source.closed()).isEqualTo(source.opened());
            assertThat(upload.offset()).isBetween(0L, (long) half.length);
            appendRest(upload, whole);
            upload.commit(Digest.sha256(whole));
            assertHas(repository, Digest.sha256(whole), whole);
        }
    }

    @Test
    void aPieceOfAnotherSizeThanItsSourceSaidIsRefused() {
        Cases.ints(-1, 1).check(more -> {
            Repository repository = freshRepository();
            try (BlobUpload upload = repository.blobs().startUpload()) {
                byte[] whole = piece(upload, 200_000);
                BlobSource source = BlobSource.once(new ByteArrayInputStream(whole), whole.length + more);
                failure(ErrorCode.SIZE_INVALID, () -> upload.append(0, source));
                assertThat(upload.offset()).isBetween(0L, (long) whole.length);
                appendRest(upload, whole);
                upload.commit(Digest.sha256(whole));
                assertHas(repository, Digest.sha256(whole), whole);
            }
        });
    }
}

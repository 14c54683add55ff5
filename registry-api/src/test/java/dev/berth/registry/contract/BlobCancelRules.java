package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Uploads that one request cancels while another one uses them: there is no such upload then, and nothing has failed. */
abstract class BlobCancelRules extends UploadSteps {
    private static final int ROUNDS = 10;

    BlobCancelRules(RegistryContract contract) {
        super(contract);
    }

    @Test
    void anAppendBesideACancellationIsDoneOrFindsNoUpload() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Repository repository = freshRepository();
            BlobUpload upload = repository.blobs().startUpload();
            byte[] before = piece(upload, 1000);
            append(upload, before);
            BlobUpload other = repository.blobs().resumeUpload(upload.id());
            byte[] bytes = piece(upload, round % 2 == 0 ? 100 : 200_000);
            assertThat(besideCancel(other, () -> upload.append(before.length, BlobSource.of(bytes))))
                    .isIn("done", ErrorCode.BLOB_UPLOAD_UNKNOWN.toString());
            assertCancelled(repository, upload);
        }
    }

    /** As a request does it: it resumes the upload, looks where it is, and appends. */
    @Test
    void aResumptionBesideACancellationIsDoneOrFindsNoUpload() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Repository repository = freshRepository();
            BlobUpload upload = repository.blobs().startUpload();
            byte[] bytes = piece(upload, 100);
            assertThat(besideCancel(upload, () -> {
                        BlobUpload resumed = repository.blobs().resumeUpload(upload.id());
                        resumed.append(resumed.offset(), BlobSource.of(bytes));
                    }))
                    .isIn("done", ErrorCode.BLOB_UPLOAD_UNKNOWN.toString());
            assertCancelled(repository, upload);
        }
    }

    @Test
    void aCommitBesideACancellationIsDoneOrFindsNoUpload() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Repository repository = freshRepository();
            BlobUpload upload = repository.blobs().startUpload();
            byte[] bytes = freshBytes(1000);
            append(upload, bytes);
            BlobUpload other = repository.blobs().resumeUpload(upload.id());
            Digest digest = Digest.sha256(bytes);
            String outcome = besideCancel(other, () -> upload.commit(digest));
            assertThat(outcome).isIn("done", ErrorCode.BLOB_UPLOAD_UNKNOWN.toString());
            if (outcome.equals("done")) {
                assertHas(repository, digest, bytes);
            }
            assertCancelled(repository, upload);
        }
    }

    /** The cancellation comes while the bytes do. */
    @Test
    void anUploadCancelledDuringAnAppendIsUnknown() throws Exception {
        Repository repository = freshRepository();
        BlobUpload upload = repository.blobs().startUpload();
        BlobUpload other = repository.blobs().resumeUpload(upload.id());
        byte[] bytes = piece(upload, 400_000);
        UploadStreams.Gated gated = new UploadStreams.Gated(bytes, bytes.length / 2);
        List<String> outcomes = Racers.raceAll(List.of(
                () -> outcome(() -> upload.append(0, BlobSource.once(gated, bytes.length))), () -> {
                    gated.awaitReached();
                    try {
                        return outcome(other::cancel);
                    } finally {
                        gated.open();
                    }
                }));
        assertThat(outcomes).containsExactly(ErrorCode.BLOB_UPLOAD_UNKNOWN.toString(), "done");
        assertCancelled(repository, upload);
    }

    private static String besideCancel(BlobUpload cancelled, Runnable other) throws Exception {
        List<String> outcomes = Racers.raceAll(List.of(() -> outcome(other), () -> outcome(cancelled::cancel)));
        assertThat(outcomes.get(1)).as("the cancellation").isEqualTo("done");
        return outcomes.get(0);
    }

    private static String outcome(Runnable call) {
        try {
            call.run();
            return "done";
        } catch (RegistryException e) {
            boolean failed = e.code().equals(ErrorCode.UNAVAILABLE);
            return e.code() + (failed ? ": " + e.getMessage() + ", " + e.getCause() : "");
        }
    }

    private static void assertCancelled(Repository repository, BlobUpload upload) {
        failure(ErrorCode.BLOB_UPLOAD_UNKNOWN, () -> repository.blobs().resumeUpload(upload.id()));
        failure(ErrorCode.BLOB_UPLOAD_UNKNOWN, () -> upload.append(0, BlobSource.of(freshBytes(10))));
    }
}

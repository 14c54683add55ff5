package dev.berth.registry.server;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.UploadRange;
import dev.berth.registry.internal.wire.UploadSegment;
import dev.berth.registry.internal.wire.WireHeaders;

/** Answers that tell how far an upload is and where it goes on. */
final class UploadAnswers {
    private UploadAnswers() {}

    /**
     * Begins an answer that tells the state of an upload.
     *
     * @param offset how far it is, which asking it again could cost a journey to a storage
     */
    static RegistryResponse.Builder state(int status, RepositoryName repository, BlobUpload upload, long offset) {
        RegistryResponse.Builder answer = Answers.begin(status)
                .header(WireHeaders.LOCATION, ApiPath.ofUpload(repository, upload.id()))
                .header(WireHeaders.RANGE, UploadRange.formatReceived(offset))
                .header(WireHeaders.UPLOAD_OFFSET, Long.toString(offset));
        if (UploadSegment.isPlain(upload.id())) {
            answer.header(WireHeaders.UPLOAD_UUID, upload.id().value());
        }
        return answer;
    }

    /** Returns the answer to a chunk that does not follow what is there: the client is told where to go on. */
    static RegistryResponse refusedChunk(ApiCall call, UploadId upload, RegistryException e) {
        if (e.code() != ErrorCode.RANGE_INVALID) {
            throw e;
        }
        return ErrorAnswers.of(call.request(), e)
                .withHeader(WireHeaders.LOCATION, ApiPath.ofUpload(call.path().repository(), upload));
    }
}

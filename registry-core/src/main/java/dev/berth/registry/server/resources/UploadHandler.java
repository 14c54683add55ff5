package dev.berth.registry.server.resources;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.Decimal;
import dev.berth.registry.internal.wire.UploadRange;
import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.RegistryResponse;
import java.util.Optional;
import java.util.OptionalLong;

/** Appends to uploads, commits and cancels them, and returns their state (end-5, end-6, end-13, end-14). */
final class UploadHandler implements ResourceHandler {

    @Override
    public RegistryResponse handle(ApiCall call) {
        Repository repository = call.repository();
        // Checked before the body is read: a commit that cannot succeed must not change the upload.
        Optional<Digest> digest =
                call.request().method().equals("PUT") ? Optional.of(requiredDigest(call)) : Optional.empty();
        Optional<UploadRange> range = call.hasNoBody()
                ? Optional.empty()
                : call.header(WireHeaders.CONTENT_RANGE).map(UploadRange::parse);
        range.ifPresent(expected -> requireLength(call, expected));
        try (BlobUpload upload = repository.blobs().resumeUpload(call.path().uploadId())) {
            return switch (call.request().method()) {
                case "PATCH" -> patch(call, repository, upload, range);
                case "PUT" -> finish(call, repository, upload, range, digest.orElseThrow());
                case "DELETE" -> cancel(upload);
                default ->
                    ApiResponses.upload(204, repository.name(), upload, upload.offset())
                            .build();
            };
        }
    }

    private static RegistryResponse patch(
            ApiCall call, Repository repository, BlobUpload upload, Optional<UploadRange> range) {
        BodySource body = new BodySource(call.request());
        long offset;
        try {
            offset = append(call, body, upload, range);
        } catch (RegistryException e) {
            return refused(call, body, upload, e);
        }
        return ApiResponses.upload(202, repository.name(), upload, offset).build();
    }

    private static RegistryResponse finish(
            ApiCall call, Repository repository, BlobUpload upload, Optional<UploadRange> range, Digest digest) {
        BodySource body = new BodySource(call.request());
        try {
            Descriptor blob = call.hasNoBody()
                    ? upload.commit(digest)
                    : upload.commit(offset(call, range), body(body, range), digest);
            return UploadsHandler.created(repository, blob);
        } catch (RegistryException e) {
            return refused(call, body, upload, e);
        }
    }

    /** A body that could not be read is answered elsewhere: there may be no client any more. */
    private static RegistryResponse refused(ApiCall call, BodySource body, BlobUpload upload, RegistryException e) {
        if (body.failed()) {
            throw e;
        }
        return ApiResponses.refusedChunk(call, upload.id(), e);
    }

    /** Appends the body, and returns the offset of the upload after it. */
    private static long append(ApiCall call, BodySource body, BlobUpload upload, Optional<UploadRange> range) {
        OptionalLong offset = offset(call, range);
        return upload.append(offset.isPresent() ? offset.getAsLong() : upload.offset(), body(body, range));
    }

    private static BlobSource body(BodySource body, Optional<UploadRange> range) {
        return range.isPresent() ? body.of(range.get()) : body.whole();
    }

    /** Returns where the body belongs, or empty if the client leaves that to the upload. */
    private static OptionalLong offset(ApiCall call, Optional<UploadRange> range) {
        if (range.isPresent()) {
            return OptionalLong.of(range.get().first());
        }
        Optional<String> header = call.header(WireHeaders.UPLOAD_OFFSET);
        return header.isPresent() ? OptionalLong.of(offset(header.get())) : OptionalLong.empty();
    }

    private static long offset(String text) {
        return Decimal.parse(text)
                .orElseThrow(() -> RegistryException.of(
                        ErrorCode.REQUEST_INVALID,
                        "The " + WireHeaders.UPLOAD_OFFSET + " of the chunk is not a number"));
    }

    private static RegistryResponse cancel(BlobUpload upload) {
        upload.cancel();
        return ApiResponses.begin(204).build();
    }

    private static Digest requiredDigest(ApiCall call) {
        return call.query()
                .first("digest")
                .map(ApiPath::digest)
                .orElseThrow(() -> RegistryException.of(
                        ErrorCode.DIGEST_INVALID,
                        "Closing an upload needs the digest of the blob: add ?digest=sha256:… to its address"));
    }

    private static void requireLength(ApiCall call, UploadRange range) {
        OptionalLong length = call.request().contentLength();
        if (length.isPresent() && length.getAsLong() != range.length()) {
            throw RegistryException.of(
                    ErrorCode.SIZE_INVALID,
                    "The chunk is " + length.getAsLong() + " bytes long, but its Content-Range " + range + " has "
                            + range.length());
        }
    }
}

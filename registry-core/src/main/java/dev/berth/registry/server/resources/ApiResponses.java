package dev.berth.registry.server.resources;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.EntityTag;
import dev.berth.registry.internal.wire.MediaTypeHeader;
import dev.berth.registry.internal.wire.UploadRange;
import dev.berth.registry.internal.wire.UploadSegment;
import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.ResponseBody;
import java.util.List;

/** The successful responses of the API, and the header fields that they have in common. */
public final class ApiResponses {
    private ApiResponses() {}

    /** Starts a response of the API. */
    public static RegistryResponse.Builder begin(int status) {
        return RegistryResponse.builder(status).header(WireHeaders.API_VERSION, WireHeaders.API_VERSION_VALUE);
    }

    /** Starts a response with a JSON body. */
    static RegistryResponse.Builder json(int status, byte[] body) {
        return begin(status).header(WireHeaders.CONTENT_TYPE, WireHeaders.JSON).body(ResponseBody.of(body));
    }

    /** Starts a response that carries content, or describes it. The digest of the content is its entity tag. */
    static RegistryResponse.Builder content(int status, String mediaType, Digest digest) {
        return begin(status)
                .header(
                        WireHeaders.CONTENT_TYPE,
                        MediaTypeHeader.isMediaType(mediaType) ? mediaType : MediaTypes.OCTET_STREAM)
                .header(WireHeaders.CONTENT_DIGEST, digest.toString())
                .header(WireHeaders.ETAG, EntityTag.format(digest))
                // A browser must not render pushed content as a page of this site.
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox; default-src 'none'");
    }

    /** Starts a response that carries a manifest, or describes it. */
    static RegistryResponse.Builder manifest(String mediaType, Digest digest) {
        RegistryResponse.Builder response = content(200, mediaType, digest);
        // Not taken any more, but other registries stored it.
        return MediaTypes.isActiveContent(mediaType)
                ? response.header("Content-Disposition", "attachment; filename=\"manifest\"")
                : response;
    }

    /** Starts a response with the location of stored content. */
    static RegistryResponse.Builder created(String location, Digest digest) {
        return begin(201).header(WireHeaders.LOCATION, location).header(WireHeaders.CONTENT_DIGEST, digest.toString());
    }

    /** Returns whether the client has this content already (If-None-Match). */
    static boolean isKnownToClient(ApiCall call, Digest digest) {
        List<String> known = call.request().headers().all(WireHeaders.IF_NONE_MATCH);
        return !known.isEmpty() && EntityTag.matches(known, digest);
    }

    /** Returns the response to a client that has this content already. */
    static RegistryResponse notModified(Digest digest) {
        return begin(304)
                .header(WireHeaders.CONTENT_DIGEST, digest.toString())
                .header(WireHeaders.ETAG, EntityTag.format(digest))
                .build();
    }

    /**
     * Starts a response with the state of an upload.
     *
     * @param offset the offset of the upload, passed since reading it again may require a request to the storage
     */
    static RegistryResponse.Builder upload(int status, RepositoryName repository, BlobUpload upload, long offset) {
        RegistryResponse.Builder response = begin(status)
                .header(WireHeaders.LOCATION, ApiPath.ofUpload(repository, upload.id()))
                .header(WireHeaders.RANGE, UploadRange.formatReceived(offset))
                .header(WireHeaders.UPLOAD_OFFSET, Long.toString(offset));
        if (UploadSegment.isPlain(upload.id())) {
            response.header(WireHeaders.UPLOAD_UUID, upload.id().value());
        }
        return response;
    }

    /**
     * Returns the response to a chunk that does not start at the upload's offset, or could not be stored, with the offset
     * at which to continue.
     *
     * @throws RegistryException the given one, if it states no offset and is about something else
     */
    static RegistryResponse refusedChunk(ApiCall call, UploadId upload, RegistryException e) {
        if (e.code() != ErrorCode.RANGE_INVALID && e.uploadOffset().isEmpty()) {
            throw e;
        }
        RegistryResponse response = ErrorResponses.of(call.request(), e)
                .withHeader(WireHeaders.LOCATION, ApiPath.ofUpload(call.path().repository(), upload));
        return e.uploadOffset().isEmpty()
                ? response
                : response.withHeader(
                        WireHeaders.UPLOAD_OFFSET,
                        Long.toString(e.uploadOffset().getAsLong()));
    }
}

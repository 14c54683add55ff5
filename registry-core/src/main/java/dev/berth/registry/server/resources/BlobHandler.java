package dev.berth.registry.server.resources;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Blobs;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DirectUrl;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.wire.EntityTag;
import dev.berth.registry.internal.wire.RangeHeader;
import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.DirectDownload;
import dev.berth.registry.server.RegistryResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Serves blobs and deletes them (end-2, end-10). */
final class BlobHandler implements ResourceHandler {
    private final DirectDownload directDownload;

    BlobHandler(DirectDownload directDownload) {
        this.directDownload = directDownload;
    }

    @Override
    public RegistryResponse handle(ApiCall call) {
        Blobs blobs = call.repository().blobs();
        Digest digest = call.path().digest();
        return switch (call.request().method()) {
            case "DELETE" -> delete(call, blobs, digest);
            case "HEAD" -> head(call, blobs, digest);
            default -> get(call, blobs, digest);
        };
    }

    private static RegistryResponse head(ApiCall call, Blobs blobs, Digest digest) {
        Descriptor blob = find(call, blobs, digest);
        if (ApiResponses.isKnownToClient(call, digest)) {
            return ApiResponses.notModified(digest);
        }
        return content(200, digest).body(UnsentBody.of(blob.size())).build();
    }

    private RegistryResponse get(ApiCall call, Blobs blobs, Digest digest) {
        if (ApiResponses.isKnownToClient(call, digest)) {
            find(call, blobs, digest);
            return ApiResponses.notModified(digest);
        }
        try {
            List<ByteRange> ranges = call.header(WireHeaders.RANGE)
                    .filter(range -> mayUseRange(call, digest))
                    .map(RangeHeader::parse)
                    .orElse(List.of());
            if (ranges.size() > 1) {
                // Storages that clients are sent to serve one range at most.
                return parts(call, blobs, digest, ranges);
            }
            Optional<DirectUrl> elsewhere = directDownload
                    .validity(call.request().caller(), call.request())
                    .flatMap(validity -> blobs.directUrl(digest, validity));
            if (elsewhere.isPresent()) {
                return sentTo(elsewhere.get());
            }
            return ranges.isEmpty()
                    ? content(200, digest)
                            .body(BlobBody.open(blobs.open(digest, ByteRange.all())))
                            .build()
                    : part(blobs.open(digest, ranges.get(0)), digest);
        } catch (RegistryException e) {
            return switch (e.code()) {
                case BLOB_UNKNOWN -> throw unknown(call, digest);
                case RANGE_INVALID ->
                    unsatisfied(call, find(call, blobs, digest).size(), e);
                default -> throw e;
            };
        }
    }

    private static RegistryResponse unsatisfied(ApiCall call, long size, RegistryException e) {
        return ErrorResponses.of(call.request(), e)
                .withHeader(WireHeaders.CONTENT_RANGE, RangeHeader.formatUnsatisfied(size));
    }

    private static RegistryResponse sentTo(DirectUrl url) {
        return ApiResponses.begin(307)
                .header(WireHeaders.LOCATION, url.uri().toASCIIString())
                .header(WireHeaders.CONTENT_DIGEST, url.blob().digest().toString())
                // The address expires.
                .header("Cache-Control", "no-store")
                .build();
    }

    private static RegistryResponse parts(ApiCall call, Blobs blobs, Digest digest, List<ByteRange> ranges) {
        Descriptor blob = find(call, blobs, digest);
        List<ByteRange.Slice> slices = RangeSet.slices(ranges, blob.size());
        if (slices.isEmpty()) {
            throw RegistryException.of(
                    ErrorCode.RANGE_INVALID,
                    "None of the ranges has a byte of this content, which is " + blob.size() + " bytes long");
        }
        if (slices.size() == 1) {
            ByteRange.Slice only = slices.get(0);
            return part(
                    blobs.open(digest, ByteRange.between(only.offset(), only.offset() + only.length() - 1)), digest);
        }
        // Random, so that no blob can be made to contain it.
        String boundary = UUID.randomUUID().toString();
        return content(206, digest)
                .body(MultipartBody.open(blobs, blob, slices, boundary))
                .build()
                .withHeader(WireHeaders.CONTENT_TYPE, "multipart/byteranges; boundary=" + boundary);
    }

    private static RegistryResponse part(BlobContent blob, Digest digest) {
        ByteRange.Slice slice = new ByteRange.Slice(blob.offset(), blob.length());
        return content(206, digest)
                .header(
                        WireHeaders.CONTENT_RANGE,
                        RangeHeader.formatContentRange(slice, blob.descriptor().size()))
                .body(BlobBody.open(blob))
                .build();
    }

    /** Returns whether the range is of the content that the client has a part of (If-Range). */
    private static boolean mayUseRange(ApiCall call, Digest digest) {
        Optional<String> condition = call.header(WireHeaders.IF_RANGE);
        return condition.isEmpty() || condition.get().equals(EntityTag.format(digest));
    }

    private static Descriptor find(ApiCall call, Blobs blobs, Digest digest) {
        return blobs.find(digest).orElseThrow(() -> unknown(call, digest));
    }

    private static RegistryResponse delete(ApiCall call, Blobs blobs, Digest digest) {
        if (!blobs.delete(digest)) {
            throw unknown(call, digest);
        }
        return ApiResponses.begin(202).build();
    }

    /** Independent of the registry's text: the length of the body must be the same for HEAD and GET. */
    private static RegistryException unknown(ApiCall call, Digest digest) {
        return RegistryException.builder(new RegistryError(
                        ErrorCode.BLOB_UNKNOWN,
                        "There is no blob " + digest + " in the repository "
                                + call.path().name(),
                        Map.of("name", call.path().name(), "digest", digest.toString())))
                .withoutStackTrace()
                .build();
    }

    private static RegistryResponse.Builder content(int status, Digest digest) {
        return ApiResponses.content(status, MediaTypes.OCTET_STREAM, digest).header(WireHeaders.ACCEPT_RANGES, "bytes");
    }
}

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
import java.util.Map;
import java.util.Optional;

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
        Optional<DirectUrl> elsewhere = directDownload
                .validity(call.request().caller(), call.request())
                .flatMap(validity -> blobs.directUrl(digest, validity));
        return elsewhere.isPresent() ? sentTo(elsewhere.get()) : download(call, blobs, digest);
    }

    private static RegistryResponse sentTo(DirectUrl url) {
        return ApiResponses.begin(307)
                .header(WireHeaders.LOCATION, url.uri().toASCIIString())
                .header(WireHeaders.CONTENT_DIGEST, url.blob().digest().toString())
                // The address expires.
                .header("Cache-Control", "no-store")
                .build();
    }

    private static RegistryResponse download(ApiCall call, Blobs blobs, Digest digest) {
        Optional<String> header = call.header(WireHeaders.RANGE).filter(range -> mayUseRange(call, digest));
        try {
            Optional<ByteRange> range = header.flatMap(RangeHeader::parse);
            BlobContent blob = blobs.open(digest, range.orElse(ByteRange.all()));
            return range.isPresent()
                    ? part(blob, digest)
                    : content(200, digest).body(BlobBody.open(blob)).build();
        } catch (RegistryException e) {
            return switch (e.code()) {
                case BLOB_UNKNOWN -> throw unknown(call, digest);
                case RANGE_INVALID -> {
                    long size = find(call, blobs, digest).size();
                    yield ErrorResponses.of(call.request(), e)
                            .withHeader(WireHeaders.CONTENT_RANGE, RangeHeader.formatUnsatisfied(size));
                }
                default -> throw e;
            };
        }
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
                .build();
    }

    private static RegistryResponse.Builder content(int status, Digest digest) {
        return ApiResponses.content(status, MediaTypes.OCTET_STREAM, digest).header(WireHeaders.ACCEPT_RANGES, "bytes");
    }
}

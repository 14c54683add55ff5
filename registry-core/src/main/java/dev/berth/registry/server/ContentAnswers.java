package dev.berth.registry.server;

import dev.berth.registry.Digest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.internal.wire.EntityTag;
import dev.berth.registry.internal.wire.MediaTypeHeader;
import dev.berth.registry.internal.wire.WireHeaders;
import java.util.List;

/** Answers that carry content which has a digest: its entity tag is that digest, so nobody need fetch it twice. */
final class ContentAnswers {
    private ContentAnswers() {}

    /** Begins an answer that carries this content, or tells about it. */
    static RegistryResponse.Builder begin(int status, String mediaType, Digest digest) {
        return Answers.begin(status)
                .header(
                        WireHeaders.CONTENT_TYPE,
                        MediaTypeHeader.isMediaType(mediaType) ? mediaType : MediaTypes.OCTET_STREAM)
                .header(WireHeaders.CONTENT_DIGEST, digest.toString())
                .header(WireHeaders.ETAG, EntityTag.format(digest))
                // What strangers pushed must not become a page of this site in somebody's browser.
                .header("X-Content-Type-Options", "nosniff");
    }

    /** Begins an answer that says where content was stored. */
    static RegistryResponse.Builder created(String location, Digest digest) {
        return Answers.begin(201)
                .header(WireHeaders.LOCATION, location)
                .header(WireHeaders.CONTENT_DIGEST, digest.toString());
    }

    /** Returns whether the client says that it has this content. */
    static boolean isKnownToClient(ApiCall call, Digest digest) {
        List<String> known = call.request().headers().all(WireHeaders.IF_NONE_MATCH);
        return !known.isEmpty() && EntityTag.matches(known, digest);
    }

    /** Returns the answer to a client that has this content. */
    static RegistryResponse notModified(Digest digest) {
        return Answers.begin(304)
                .header(WireHeaders.CONTENT_DIGEST, digest.toString())
                .header(WireHeaders.ETAG, EntityTag.format(digest))
                .build();
    }
}

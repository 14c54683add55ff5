package dev.berth.registry.server.resources;

import dev.berth.registry.BlobSource;
import dev.berth.registry.internal.wire.UploadRange;
import dev.berth.registry.server.RegistryRequest;
import java.util.OptionalLong;

/** The body of a request as the source of a push: readable once, with a length if the client has sent one. */
final class BodySource {
    private BodySource() {}

    /** Returns the whole body. */
    static BlobSource of(RegistryRequest request) {
        OptionalLong length = request.contentLength();
        return length.isPresent()
                ? BlobSource.once(request.body(), length.getAsLong())
                : BlobSource.once(request.body());
    }

    /** Returns the whole body, which must have the length of its range. */
    static BlobSource of(RegistryRequest request, UploadRange range) {
        return BlobSource.once(request.body(), range.length());
    }
}

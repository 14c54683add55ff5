package dev.berth.registry.server.resources;

import dev.berth.registry.BlobSource;
import dev.berth.registry.internal.wire.UploadRange;
import dev.berth.registry.server.RegistryRequest;
import java.util.OptionalLong;

/** The body of a request as a source for a push: it comes once, and its length is known if the client told it. */
final class BodySource {
    private BodySource() {}

    /** Returns the whole body. */
    static BlobSource of(RegistryRequest request) {
        OptionalLong length = request.contentLength();
        return length.isPresent()
                ? BlobSource.once(request.body(), length.getAsLong())
                : BlobSource.once(request.body());
    }

    /** Returns the whole body, which must be as long as its range. */
    static BlobSource of(RegistryRequest request, UploadRange range) {
        return BlobSource.once(request.body(), range.length());
    }
}

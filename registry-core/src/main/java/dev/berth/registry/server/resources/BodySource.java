package dev.berth.registry.server.resources;

import dev.berth.registry.BlobSource;
import dev.berth.registry.internal.stream.BulkInputStream;
import dev.berth.registry.internal.wire.UploadRange;
import dev.berth.registry.server.RegistryRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** The body of a request as the source of a push: readable once, with a length if the client has sent one. */
final class BodySource {
    private final RegistryRequest request;
    private volatile boolean failed;

    BodySource(RegistryRequest request) {
        this.request = request;
    }

    /** Returns the whole body. */
    BlobSource whole() {
        OptionalLong length = request.contentLength();
        return length.isPresent()
                ? BlobSource.once(new Body(request.body()), length.getAsLong())
                : BlobSource.once(new Body(request.body()));
    }

    /** Returns the whole body, which must have the length of its range. */
    BlobSource of(UploadRange range) {
        return BlobSource.once(new Body(request.body()), range.length());
    }

    /** Returns whether the body could not be read to its end. */
    boolean failed() {
        return failed;
    }

    private final class Body extends BulkInputStream {
        private final InputStream body;

        Body(InputStream body) {
            this.body = body;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                return body.read(target, offset, length);
            } catch (IOException | RuntimeException e) {
                failed = true;
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }
}

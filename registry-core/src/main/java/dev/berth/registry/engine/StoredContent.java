package dev.berth.registry.engine;

import dev.berth.registry.BlobContent;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.storage.ObjectContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** A blob of a {@link StorageRegistry}, opened. */
final class StoredContent implements BlobContent {
    private final Engine engine;
    private final Digest data;
    private final Descriptor descriptor;
    private final ByteRange.Slice slice;
    private final ObjectContent content;

    StoredContent(Engine engine, Digest data, Descriptor descriptor, ByteRange.Slice slice, ObjectContent content) {
        this.engine = engine;
        this.data = data;
        this.descriptor = descriptor;
        this.slice = slice;
        this.content = content;
    }

    @Override
    public Descriptor descriptor() {
        return descriptor;
    }

    @Override
    public long offset() {
        return slice.offset();
    }

    @Override
    public long length() {
        return slice.length();
    }

    @Override
    public InputStream stream() throws IOException {
        return content.stream();
    }

    @Override
    public long transferTo(OutputStream output) throws IOException {
        return content.transferTo(output);
    }

    @Override
    public Optional<URI> directUrl(Duration validity) {
        return StoreCalls.call(
                "make an address for " + descriptor.digest(), () -> engine.store.directUrl(Keys.data(data), validity));
    }

    @Override
    public void close() {
        content.close();
    }
}

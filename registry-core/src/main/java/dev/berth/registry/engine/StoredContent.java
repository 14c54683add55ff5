package dev.berth.registry.engine;

import dev.berth.registry.BlobContent;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.storage.ObjectContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A blob of a {@link StorageRegistry}, opened. */
final class StoredContent implements BlobContent {
    private final Descriptor descriptor;
    private final ByteRange.Slice slice;
    private final ObjectContent content;

    StoredContent(Descriptor descriptor, ByteRange.Slice slice, ObjectContent content) {
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
    public void close() {
        content.close();
    }
}

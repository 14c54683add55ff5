package dev.berth.registry.layout;

import dev.berth.registry.BlobContent;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import java.io.IOException;
import java.io.InputStream;

/** A blob of an {@link OciLayoutRegistry}, opened. */
final class LayoutContent implements BlobContent {
    private final Descriptor descriptor;
    private final ByteRange.Slice slice;
    private final InputStream stream;

    LayoutContent(Descriptor descriptor, ByteRange.Slice slice, InputStream stream) {
        this.descriptor = descriptor;
        this.slice = slice;
        this.stream = stream;
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
    public InputStream stream() {
        return stream;
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            // It was only read: nothing is lost.
        }
    }
}

package dev.berth.registry;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** {@link BlobContent#of}. */
record StreamContent(Descriptor descriptor, ByteRange.Slice slice, InputStream stream) implements BlobContent {

    StreamContent {
        Objects.requireNonNull(descriptor, "descriptor");
        Objects.requireNonNull(slice, "slice");
        Objects.requireNonNull(stream, "stream");
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
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            // The stream was only read, so nothing is lost.
        }
    }
}

package dev.berth.registry;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/** A stream as a source. It can be opened once. */
final class OneShotSource implements BlobSource {
    private final InputStream stream;
    private final OptionalLong size;
    private final AtomicBoolean opened = new AtomicBoolean();

    OneShotSource(InputStream stream, OptionalLong size) {
        this.stream = Objects.requireNonNull(stream, "stream");
        this.size = size;
    }

    @Override
    public InputStream open() throws IOException {
        if (!opened.compareAndSet(false, true)) {
            throw new IOException("The content is a stream that can be read only once, and was; use a file");
        }
        return stream;
    }

    @Override
    public OptionalLong size() {
        return size;
    }

    @Override
    public boolean reopenable() {
        return false;
    }
}

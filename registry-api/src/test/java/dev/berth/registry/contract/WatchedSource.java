package dev.berth.registry.contract;

import dev.berth.registry.BlobSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A source that knows how often it was opened, and how many of its streams were closed. */
final class WatchedSource implements BlobSource {
    private final BlobSource source;
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    WatchedSource(BlobSource source) {
        this.source = source;
    }

    int opened() {
        return opened.get();
    }

    int closed() {
        return closed.get();
    }

    @Override
    public InputStream open() throws IOException {
        InputStream stream = source.open();
        opened.incrementAndGet();
        return new FilterInputStream(stream) {
            private final AtomicBoolean open = new AtomicBoolean(true);

            @Override
            public void close() throws IOException {
                if (open.compareAndSet(true, false)) {
                    closed.incrementAndGet();
                }
                super.close();
            }
        };
    }

    @Override
    public OptionalLong size() {
        return source.size();
    }

    @Override
    public boolean reopenable() {
        return source.reopenable();
    }
}

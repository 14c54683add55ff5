package dev.berth.registry.console.content;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;

/** The bytes of a layer, as long as there is time to read them. */
final class TimedStream extends FilterInputStream {
    private final InstantSource clock;
    private final Instant end;

    TimedStream(InputStream in, InstantSource clock, Instant end) {
        super(in);
        this.clock = clock;
        this.end = end;
    }

    @Override
    public int read() throws IOException {
        requireTime();
        return super.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        requireTime();
        return super.read(target, offset, length);
    }

    private void requireTime() throws ReadingStoppedException {
        if (clock.instant().isAfter(end)) {
            throw new ReadingStoppedException("Reading the layer takes too long");
        }
    }
}

package dev.berth.registry.mirror;

import dev.berth.registry.ByteRange;
import dev.berth.registry.internal.stream.BulkInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** Reads a blob, or a part of it, while it arrives. For one thread; may be closed by another one. */
final class FlightReader extends BulkInputStream {
    private final Flight flight;
    private final FileChannel channel;
    private final long end;
    private final AtomicBoolean closed = new AtomicBoolean();
    private long position;

    FlightReader(Flight flight, ByteRange.Slice slice, FileChannel channel) {
        this.flight = flight;
        this.channel = channel;
        this.position = slice.offset();
        this.end = slice.offset() + slice.length();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (position == end) {
            return -1;
        }
        long readable = flight.awaitBeyond(position, end);
        int most = (int) Math.min(length, readable - position);
        int count = channel.read(ByteBuffer.wrap(target, offset, most), position);
        if (count < 0) {
            throw new IOException("The temporary file of a download is shorter than what has arrived");
        }
        position += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            try (channel) {
                flight.leave();
            }
        }
    }
}

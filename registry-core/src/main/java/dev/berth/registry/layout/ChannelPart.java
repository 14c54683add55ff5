package dev.berth.registry.layout;

import dev.berth.registry.internal.stream.BulkInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;

/** So many bytes from where the channel stands. Closing it from another thread ends a read that is under way. */
final class ChannelPart extends BulkInputStream {
    private final FileChannel channel;
    private final Path file;
    private long left;

    ChannelPart(FileChannel channel, long length, Path file) {
        this.channel = channel;
        this.left = length;
        this.file = file;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            return -1;
        }
        int read = channel.read(ByteBuffer.wrap(buffer, offset, (int) Math.min(length, left)));
        if (read < 0) {
            throw new EOFException("The file " + file + " was cut while it was read: " + left + " bytes are missing");
        }
        left -= read;
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = Math.max(0, Math.min(count, left));
        channel.position(channel.position() + skipped);
        left -= skipped;
        return skipped;
    }

    @Override
    public int available() {
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

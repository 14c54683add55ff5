package dev.berth.registry.memory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/** Reads a part of {@link Blocks}. For one thread, except that another one may close it. */
final class BlocksStream extends InputStream {
    private final Blocks content;
    private final long end;
    private long position;
    private volatile boolean closed;

    /** Both positions may exceed the size of the content. */
    BlocksStream(Blocks content, long offset, long length) {
        this.content = content;
        this.position = Math.min(offset, content.size());
        this.end = position + Math.min(length, content.size() - position);
    }

    @Override
    public int read() throws IOException {
        checkOpen();
        if (position == end) {
            return -1;
        }
        int next = block()[blockOffset()] & 0xff;
        position++;
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        checkOpen();
        if (length == 0) {
            return 0;
        }
        if (position == end) {
            return -1;
        }
        int count = Math.min(length, leftInBlock());
        System.arraycopy(block(), blockOffset(), buffer, offset, count);
        position += count;
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        checkOpen();
        long skipped = Math.max(0, Math.min(count, end - position));
        position += skipped;
        return skipped;
    }

    @Override
    public int available() throws IOException {
        checkOpen();
        return position == end ? 0 : leftInBlock();
    }

    /** Writes block by block, without a buffer in between. */
    @Override
    public long transferTo(OutputStream output) throws IOException {
        checkOpen();
        long begin = position;
        while (position < end) {
            checkOpen();
            int count = leftInBlock();
            output.write(block(), blockOffset(), count);
            position += count;
        }
        return position - begin;
    }

    @Override
    public void close() {
        closed = true;
    }

    private byte[] block() {
        return content.blocks().get((int) (position / Blocks.BLOCK));
    }

    private int blockOffset() {
        return (int) (position % Blocks.BLOCK);
    }

    private int leftInBlock() {
        return (int) Math.min(end - position, Blocks.BLOCK - blockOffset());
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("The content was closed while it was read");
        }
    }
}

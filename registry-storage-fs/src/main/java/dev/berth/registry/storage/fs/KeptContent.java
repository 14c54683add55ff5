package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectStat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/** A file, or a part of one, whose bytes are in memory. */
final class KeptContent extends InputStream implements ObjectContent {
    private final ByteArrayInputStream bytes;
    private final ObjectStat stat;
    private volatile boolean closed;

    KeptContent(byte[] content, ObjectStat stat, long offset, long length) {
        int from = (int) Math.min(offset, content.length);
        this.bytes = new ByteArrayInputStream(content, from, (int) Math.min(length, content.length - from));
        this.stat = stat;
    }

    @Override
    public ObjectStat stat() {
        return stat;
    }

    @Override
    public InputStream stream() {
        return this;
    }

    @Override
    public int read() throws IOException {
        check();
        return bytes.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        check();
        return bytes.read(target, offset, length);
    }

    @Override
    public byte[] readAllBytes() throws IOException {
        check();
        return bytes.readAllBytes();
    }

    @Override
    public long skip(long count) throws IOException {
        check();
        return bytes.skip(count);
    }

    @Override
    public int available() throws IOException {
        check();
        return bytes.available();
    }

    @Override
    public long transferTo(OutputStream output) throws IOException {
        check();
        return bytes.transferTo(output);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void check() throws IOException {
        if (closed) {
            throw new IOException("The content has been closed");
        }
    }
}

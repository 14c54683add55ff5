package dev.berth.registry.layout;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Objects;

/** A small file of a layout that is in no directory and no archive, but was made from what is there. */
final class MemoryFile implements LayoutFile {
    private final byte[] content;

    MemoryFile(byte[] content) {
        this.content = content;
    }

    @Override
    public long size() {
        return content.length;
    }

    @Override
    public InputStream open(long offset, long length) {
        Objects.checkFromIndexSize(offset, length, (long) content.length);
        return new ByteArrayInputStream(content, (int) offset, (int) length);
    }
}

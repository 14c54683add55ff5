package dev.berth.registry.memory;

import java.util.ArrayList;
import java.util.List;

/**
 * Bytes in blocks of {@value #BLOCK} bytes, of which only the last one may be shorter. So content is never copied as a
 * whole, and no large array is allocated. Immutable up to {@link #size}; the last block of an upload may have unused
 * space after it.
 */
record Blocks(List<byte[]> blocks, long size) {
    static final int BLOCK = 64 * 1024;

    static final Blocks EMPTY = new Blocks(List.of(), 0);

    /** Copies these bytes. */
    static Blocks copyOf(byte[] bytes) {
        List<byte[]> blocks = new ArrayList<>((bytes.length + BLOCK - 1) / BLOCK);
        for (int offset = 0; offset < bytes.length; offset += BLOCK) {
            byte[] block = new byte[Math.min(BLOCK, bytes.length - offset)];
            System.arraycopy(bytes, offset, block, 0, block.length);
            blocks.add(block);
        }
        return new Blocks(blocks, bytes.length);
    }
}

package dev.berth.registry.image;

import com.jcraft.jzlib.Deflater;
import com.jcraft.jzlib.GZIPException;
import com.jcraft.jzlib.JZlib;
import java.util.Arrays;

/**
 * Compresses one block of a longer text with DEFLATE (RFC 1951), so that blocks can be compressed in parallel and then
 * be written one after the other: each ends at a byte boundary and none is the last.
 *
 * <p>By jzlib, in Java: what the JVM's zlib makes of the same bytes differs from machine to machine.
 */
final class DeflatedBlock {
    /** How far back in the text DEFLATE can refer. */
    static final int WINDOW_BYTES = 32 * 1024;

    private static final int WINDOW_BITS = 15;
    private static final int HEADER_BYTES = 2;
    private static final int DICTIONARY_ID_BYTES = 4;

    private DeflatedBlock() {}

    /**
     * Compresses a block.
     *
     * @param before the text before the block, at most {@value #WINDOW_BYTES} bytes of it
     */
    static byte[] compress(int level, byte[] before, byte[] block) {
        try {
            // jzlib takes a dictionary only in the zlib format, the header of which is cut off again.
            Deflater deflater = new Deflater(level, WINDOW_BITS, false);
            int header = HEADER_BYTES;
            if (before.length > 0) {
                require(deflater.setDictionary(before, before.length) == JZlib.Z_OK, deflater);
                header += DICTIONARY_ID_BYTES;
            }
            byte[] output = new byte[mostBytes(block.length)];
            deflater.setInput(block, 0, block.length, false);
            deflater.setOutput(output, 0, output.length);
            int result = deflater.deflate(JZlib.Z_SYNC_FLUSH);
            // Space left in the output says that nothing is left in the deflater.
            require(result == JZlib.Z_OK && deflater.getAvailIn() == 0 && deflater.getAvailOut() > 0, deflater);
            return Arrays.copyOfRange(output, header, output.length - deflater.getAvailOut());
        } catch (GZIPException e) {
            throw new IllegalStateException("jzlib does not take level " + level, e);
        }
    }

    private static void require(boolean condition, Deflater deflater) {
        if (!condition) {
            throw new IllegalStateException("jzlib failed to compress a block: " + deflater.getMessage());
        }
    }

    /** More than the most that an incompressible block can become. */
    private static int mostBytes(int blockBytes) {
        return blockBytes + blockBytes / 8 + 128;
    }
}

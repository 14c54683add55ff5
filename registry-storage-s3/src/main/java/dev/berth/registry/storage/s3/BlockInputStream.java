package dev.berth.registry.storage.s3;

import java.io.IOException;
import java.io.InputStream;

/** A stream that is read in blocks: reading a single byte reads a block of one. */
abstract class BlockInputStream extends InputStream {

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public abstract int read(byte[] buffer, int offset, int length) throws IOException;
}

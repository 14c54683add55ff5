package dev.berth.registry.testing;

import java.io.IOException;
import java.io.OutputStream;

/** A stream that implements only the writing of blocks. It neither flushes nor closes what it writes to. */
abstract class BlockOutput extends OutputStream {
    @Override
    public final void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public abstract void write(byte[] buffer, int offset, int length) throws IOException;
}

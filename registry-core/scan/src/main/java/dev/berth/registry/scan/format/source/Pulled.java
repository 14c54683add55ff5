package dev.berth.registry.scan.format.source;

import java.io.IOException;
import java.io.InputStream;

/** A stream that is read in pieces. Closing it does nothing. */
public abstract class Pulled extends InputStream {

    /** Extended by streams over other streams. */
    protected Pulled() {}

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        int count = read(one, 0, 1);
        return count <= 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public abstract int read(byte[] target, int offset, int length) throws IOException;
}

package dev.berth.registry.server.http1;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads from a socket as much as has arrived, up to some kilobytes: whoever decrypts TLS asks for five bytes first and
 * for the rest of a record then. Never reads more than once for a call, so it waits no longer than the socket. Used by
 * one thread, but for {@link #available}.
 */
final class ReadAhead extends InputStream {
    private static final int BYTES = 4 * 1024;

    private final InputStream socket;
    private final byte[] buffer = new byte[BYTES];
    private int limit;
    private volatile int left;

    ReadAhead(InputStream socket) {
        this.socket = socket;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int present = left;
        if (present == 0) {
            if (length >= buffer.length) {
                return socket.read(target, offset, length);
            }
            int count = socket.read(buffer, 0, buffer.length);
            if (count <= 0) {
                return count;
            }
            limit = count;
            present = count;
        }
        int count = Math.min(length, present);
        System.arraycopy(buffer, limit - present, target, offset, count);
        left = present - count;
        return count;
    }

    @Override
    public int available() throws IOException {
        return left + socket.available();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

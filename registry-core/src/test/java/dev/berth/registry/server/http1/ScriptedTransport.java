package dev.berth.registry.server.http1;

import java.security.cert.X509Certificate;
import java.util.List;

/** A connection on which bytes arrive in pieces of a given size, and then the client's end. */
final class ScriptedTransport implements Transport {
    private final byte[] bytes;
    private final int piece;
    private int position;

    ScriptedTransport(byte[] bytes, int piece) {
        this.bytes = bytes;
        this.piece = piece;
    }

    /** Returns how many bytes were read. */
    int taken() {
        return position;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            throw new AssertionError("Nothing would ever be read");
        }
        if (position == bytes.length) {
            return -1;
        }
        int count = Math.min(Math.min(piece, length), bytes.length - position);
        System.arraycopy(bytes, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public int readNow(byte[] target, int offset, int length) {
        return 0;
    }

    @Override
    public int available() {
        return bytes.length - position;
    }

    @Override
    public List<X509Certificate> certificates() {
        return List.of();
    }

    @Override
    public void open() {}

    @Override
    public void mayTakeLong() {}

    @Override
    public void write(byte[] head, int headLength, byte[] body, int offset, int length) {}

    @Override
    public void shutdownOutput() {}

    @Override
    public void end() {}

    @Override
    public void close() {}

    @Override
    public void reset() {}
}

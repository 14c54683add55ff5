package dev.berth.registry.server.http1;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the server sends. Small parts are gathered, so that a response with a small body is written at once; a part that
 * does not fit is written together with those before it, without a copy. The buffer is lent, and only needed until
 * {@link #flush}. Records a failure to write to the client.
 */
final class ConnectionOutput extends OutputStream {
    private static final byte[] NONE = {};

    private final Transport transport;
    private byte[] buffer = NONE;
    private int count;
    private @Nullable IOException failure;

    ConnectionOutput(Transport transport) {
        this.transport = transport;
    }

    /** Uses a buffer from now on. Nothing may be left in the one before it. */
    void use(byte @Nullable [] newBuffer) {
        buffer = newBuffer == null ? NONE : newBuffer;
        count = 0;
    }

    /** Returns how writing to the client failed, or null if it did not. */
    @Nullable IOException failure() {
        return failure;
    }

    /** Writes text, whose characters are those of Latin-1. */
    void print(String text) throws IOException {
        write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > buffer.length - count) {
            send(bytes, offset, length);
        } else {
            System.arraycopy(bytes, offset, buffer, count, length);
            count += length;
        }
    }

    @Override
    public void flush() throws IOException {
        if (count > 0) {
            send(NONE, 0, 0);
        }
    }

    private void send(byte[] bytes, int offset, int length) throws IOException {
        int gathered = count;
        count = 0;
        try {
            transport.write(buffer, gathered, bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** Closes nothing: the connection may go on. */
    @Override
    public void close() {
        // See Connection.
    }
}

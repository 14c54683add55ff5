package dev.berth.registry.server.http1.message;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a chunked body (RFC 9112, section 7.1). Small parts are gathered. */
public final class ChunkedOutput extends OutputStream {
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] LAST = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private final byte[] gathered = new byte[2 * 1024];
    private int count;

    public ChunkedOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        if (count == gathered.length) {
            writeGathered();
        }
        gathered[count++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length <= gathered.length - count) {
            System.arraycopy(bytes, offset, gathered, count, length);
            count += length;
            return;
        }
        writeGathered();
        writeChunk(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        writeGathered();
        out.flush();
    }

    private void writeGathered() throws IOException {
        if (count > 0) {
            int length = count;
            count = 0;
            writeChunk(gathered, 0, length);
        }
    }

    private void writeChunk(byte[] bytes, int offset, int length) throws IOException {
        if (length > 0) {
            out.write(Integer.toHexString(length).getBytes(StandardCharsets.US_ASCII));
            out.write(LINE_END);
            out.write(bytes, offset, length);
            out.write(LINE_END);
        }
    }

    /**
     * Does not end the body: it may be closed because writing it has failed, and the client would take an incomplete
     * body for a complete one. See {@link #finish}.
     */
    @Override
    public void close() {
        // Incomplete.
    }

    /** Ends a body that is complete. */
    public void finish() throws IOException {
        writeGathered();
        out.write(LAST);
    }
}

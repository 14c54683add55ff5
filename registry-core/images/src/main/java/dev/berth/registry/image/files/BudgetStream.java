package dev.berth.registry.image.files;

import dev.berth.registry.internal.stream.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a tar, of which no more are read than allowed: in total, and for the headers of one entry. */
final class BudgetStream extends BulkInputStream {
    /** A header, and the long names and pax records in front of it. */
    private static final long MOST_HEADER_BYTES = 1024 * 1024;

    private static final int SKIPPED_AT_ONCE = 32 * 1024;

    private final InputStream in;
    private final long maxBytes;
    private long read;
    private long headerEnd = Long.MAX_VALUE;
    private byte[] skipped = new byte[0];

    BudgetStream(InputStream in, long maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    void beginHeaders() {
        headerEnd = read + MOST_HEADER_BYTES;
    }

    void endHeaders() {
        headerEnd = Long.MAX_VALUE;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        if (count > 0) {
            read += count;
            if (read > maxBytes) {
                throw new LayerFormatException("The layer has more than " + maxBytes + " bytes after decompression");
            }
            if (read > headerEnd) {
                throw new LayerFormatException(
                        "The headers of an entry of the layer have more than " + MOST_HEADER_BYTES + " bytes");
            }
        }
        return count;
    }

    /** Most of a layer is skipped by most readers: in large pieces, which decompress faster than the small ones of the JDK. */
    @Override
    public long skip(long bytes) throws IOException {
        if (skipped.length == 0) {
            skipped = new byte[SKIPPED_AT_ONCE];
        }
        long left = bytes;
        while (left > 0) {
            int count = read(skipped, 0, (int) Math.min(left, skipped.length));
            if (count < 0) {
                break;
            }
            left -= count;
        }
        return Math.max(0, bytes) - Math.max(0, left);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

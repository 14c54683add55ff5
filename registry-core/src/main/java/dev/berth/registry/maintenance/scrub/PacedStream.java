package dev.berth.registry.maintenance.scrub;

import dev.berth.registry.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * Hashes what is read of data, at the rate. It fails in the place of its end, with {@link IntactException}, if the bytes have
 * the digest: so that no copy is kept of what is not damaged after all.
 */
final class PacedStream extends InputStream {
    private static final int PIECE = 64 * 1024;

    private final InputStream content;
    private final Digest expected;
    private final MessageDigest hash;
    private final Pace pace;
    private boolean ended;

    PacedStream(InputStream content, Digest expected, Pace pace) {
        this.content = content;
        this.expected = expected;
        this.hash = expected.algorithm().newMessageDigest();
        this.pace = pace;
    }

    /** The bytes have the digest. */
    static final class IntactException extends IOException {
        private static final long serialVersionUID = 1L;

        IntactException() {
            super("The data has its digest");
        }
    }

    /** The store could not read the data. */
    static final class UnreadableException extends IOException {
        private static final long serialVersionUID = 1L;

        UnreadableException(IOException cause) {
            super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (ended) {
            return -1;
        }
        int read;
        try {
            read = content.read(target, offset, Math.min(length, PIECE));
        } catch (IOException e) {
            throw new UnreadableException(e);
        }
        if (read > 0) {
            hash.update(target, offset, read);
            pace.read(read);
        } else if (read < 0) {
            ended = true;
            if (Digest.finish(expected.algorithm(), hash).equals(expected)) {
                throw new IntactException();
            }
        }
        return read;
    }

    /** Reads to the end, and returns whether the bytes have the digest. */
    boolean isIntact() throws IOException {
        byte[] buffer = new byte[PIECE];
        try {
            int read = 0;
            while (read >= 0) {
                read = read(buffer, 0, buffer.length);
            }
            return false;
        } catch (IntactException e) {
            return true;
        }
    }
}

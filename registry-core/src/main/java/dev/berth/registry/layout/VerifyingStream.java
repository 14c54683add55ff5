package dev.berth.registry.layout;

import dev.berth.registry.Digest;
import dev.berth.registry.internal.stream.BulkInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A blob's bytes, whose digest is checked on the way: the reader never gets the last of them, nor the end of the stream,
 * if they are not what the digest says.
 */
final class VerifyingStream extends BulkInputStream {
    private final InputStream content;
    private final Digest expected;
    private final String name;
    private final MessageDigest hash;
    private long left;
    private @Nullable Digest actual;

    /**
     * Checks a stream.
     *
     * @param length how many bytes it has
     * @param name what the bytes are, for the message
     */
    VerifyingStream(InputStream content, long length, Digest expected, String name) {
        this.content = content;
        this.left = length;
        this.expected = expected;
        this.name = name;
        this.hash = expected.algorithm().newMessageDigest();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            verify();
            return -1;
        }
        int read = content.read(buffer, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw new EOFException(name + " is cut off: " + left + " bytes are missing");
        }
        hash.update(buffer, offset, read);
        left -= read;
        if (left == 0) {
            verify();
        }
        return read;
    }

    private void verify() throws IOException {
        if (actual == null) {
            actual = Digest.finish(expected.algorithm(), hash);
        }
        if (!actual.equals(expected)) {
            throw new IOException(name + " is corrupt: its content has the digest " + actual + "; get it anew");
        }
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(content.available(), left);
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}

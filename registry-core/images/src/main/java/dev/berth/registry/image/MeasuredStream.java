package dev.berth.registry.image;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.internal.stream.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Objects;

/** A stream that counts and digests what is read from it. */
final class MeasuredStream extends BulkInputStream {
    private final InputStream in;
    private final DigestAlgorithm algorithm;
    private final MessageDigest computation;
    private long size;
    private boolean complete;

    MeasuredStream(InputStream in, DigestAlgorithm algorithm) {
        this.in = in;
        this.algorithm = algorithm;
        this.computation = algorithm.newMessageDigest();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        int count = in.read(target, offset, length);
        if (count < 0) {
            complete = true;
        } else {
            computation.update(target, offset, count);
            size += count;
        }
        return count;
    }

    /**
     * Returns the digest of everything. Can be called once.
     *
     * @throws IllegalStateException if the stream was not read to its end
     */
    Digest digest() {
        if (!complete) {
            throw new IllegalStateException("Content was taken for complete that was read to byte " + size + " only");
        }
        return Digest.finish(algorithm, computation);
    }

    /** Returns how many bytes have been read. */
    long size() {
        return size;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

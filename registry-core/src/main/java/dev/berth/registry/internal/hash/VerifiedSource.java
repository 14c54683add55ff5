package dev.berth.registry.internal.hash;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.internal.stream.BulkInputStream;
import java.io.IOException;

/**
 * Content that is pushed to a store which writes it directly under its final key. Instead of ending, the stream fails
 * with {@link WrongDigestException} if its bytes do not have the expected digest.
 */
public final class VerifiedSource extends BulkInputStream {
    private final Digest expected;
    private final IncrementalDigest hash;
    private final HashingSource source;

    public VerifiedSource(BlobSource content, Digest expected) {
        this.expected = expected;
        this.hash = IncrementalDigest.start(expected.algorithm());
        this.source = new HashingSource(content, hash.hash());
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = source.read(buffer, offset, length);
        if (read < 0) {
            Digest actual = hash.soFar();
            if (!actual.equals(expected)) {
                throw new WrongDigestException(actual);
            }
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}

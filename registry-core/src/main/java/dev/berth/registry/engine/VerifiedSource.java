package dev.berth.registry.engine;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is being pushed, for a store that writes it where it is to stay: it does not end unless it was what it should be.
 * Opened when it is first read.
 */
final class VerifiedSource extends InputStream {
    private final BlobSource content;
    private final Digest expected;
    private final RunningHash hash;
    private final OptionalLong size;
    private @Nullable InputStream opened;
    private @Nullable HashingSource hashing;

    VerifiedSource(BlobSource content, Digest expected, long size) {
        this.content = content;
        this.expected = expected;
        this.hash = RunningHash.start(expected.algorithm());
        this.size = OptionalLong.of(size);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        HashingSource source = hashing;
        if (source == null) {
            InputStream stream = SourceFailedException.open(content);
            opened = stream;
            source = new HashingSource(stream, hash.hash(), size);
            hashing = source;
        }
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
        if (opened != null) {
            opened.close();
        }
    }
}

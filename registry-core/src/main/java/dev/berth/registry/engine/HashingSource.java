package dev.berth.registry.engine;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * The one pass that pushed bytes make: counted and hashed while the store reads them. Tells the failure of the source
 * from that of the store, and holds the source to the size that it announced.
 */
final class HashingSource extends InputStream {
    private final InputStream source;
    private final MessageDigest hash;
    private final OptionalLong announced;
    private long count;

    HashingSource(InputStream source, MessageDigest hash, OptionalLong announced) {
        this.source = source;
        this.hash = hash;
        this.announced = announced;
    }

    /** Returns the number of bytes that were read and hashed. */
    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        int read;
        try {
            read = source.read(buffer, offset, length);
        } catch (IOException e) {
            throw new SourceFailedException(e);
        }
        if (read < 0) {
            if (announced.isPresent() && count < announced.getAsLong()) {
                throw new SourceSizeException(
                        "the content ended after " + count + " of the " + announced.getAsLong() + " bytes announced");
            }
            return -1;
        }
        if (announced.isPresent() && count + read > announced.getAsLong()) {
            throw new SourceSizeException(
                    "the content is longer than the " + announced.getAsLong() + " bytes announced");
        }
        hash.update(buffer, offset, read);
        count += read;
        return read;
    }
}

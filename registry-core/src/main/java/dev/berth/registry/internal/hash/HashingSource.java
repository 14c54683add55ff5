package dev.berth.registry.internal.hash;

import dev.berth.registry.BlobSource;
import dev.berth.registry.internal.stream.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts and hashes pushed bytes while the store reads them. A failure of the source is reported as
 * {@link SourceFailedException}, which tells it from a failure of the store; a source that does not have the size it
 * announced, as {@link SourceSizeException}. The source is opened by the first read: a store that refuses the content
 * does not use up a source that can be read only once.
 */
public final class HashingSource extends BulkInputStream {
    private final BlobSource content;
    private final MessageDigest hash;
    private final OptionalLong announced;
    private @Nullable InputStream opened;
    private long count;

    public HashingSource(BlobSource content, MessageDigest hash) {
        this.content = content;
        this.hash = hash;
        this.announced = content.size();
    }

    /** Returns the number of bytes read so far. */
    public long count() {
        return count;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        InputStream source = source();
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

    private InputStream source() throws IOException {
        InputStream source = opened;
        if (source == null) {
            source = SourceFailedException.open(content);
            opened = source;
        }
        return source;
    }

    @Override
    public void close() throws IOException {
        if (opened != null) {
            opened.close();
        }
    }
}

package dev.berth.registry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Content to push. It opens streams instead of being one, so that a retry can read the content again.
 *
 * <p>Implementations are as thread-safe as what they read from.
 *
 * @since 0.1
 */
public interface BlobSource {

    /**
     * Opens the content at its beginning. The caller closes the stream.
     *
     * @throws IOException if the content cannot be opened, also because it can be read only once and was
     */
    InputStream open() throws IOException;

    /** Returns the number of bytes, or empty if it is not known before the content is read. */
    OptionalLong size();

    /** Returns whether {@link #open} works more than once. */
    boolean reopenable();

    /** Returns these bytes as a source. The array must not be changed afterwards. */
    static BlobSource of(byte[] bytes) {
        Objects.requireNonNull(bytes, "bytes");
        return new BlobSource() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }

            @Override
            public OptionalLong size() {
                return OptionalLong.of(bytes.length);
            }

            @Override
            public boolean reopenable() {
                return true;
            }
        };
    }

    /**
     * Returns a file as a source.
     *
     * @throws IOException if its size cannot be read
     */
    static BlobSource of(Path file) throws IOException {
        long size = Files.size(file);
        return new BlobSource() {
            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }

            @Override
            public OptionalLong size() {
                return OptionalLong.of(size);
            }

            @Override
            public boolean reopenable() {
                return true;
            }
        };
    }

    /** Returns a stream of unknown length as a source that can be read once. */
    static BlobSource once(InputStream stream) {
        return new OneShotSource(stream, OptionalLong.empty());
    }

    /**
     * Returns a stream as a source that can be read once.
     *
     * @param size the number of bytes that the stream will deliver; a push fails if it delivers fewer or more
     */
    static BlobSource once(InputStream stream, long size) {
        if (size < 0) {
            throw new IllegalArgumentException("A size cannot be negative: " + size);
        }
        return new OneShotSource(stream, OptionalLong.of(size));
    }
}

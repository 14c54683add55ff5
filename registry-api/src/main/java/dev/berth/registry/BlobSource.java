package dev.berth.registry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Content to push. A source opens streams rather than being one, so that a retry can read the content again.
 *
 * <p>Implementations are as thread-safe as the content that they read.
 *
 * @since 0.1
 */
public interface BlobSource {

    /**
     * Opens the content at its start. The caller closes the stream.
     *
     * @throws IOException if the content cannot be opened, or can be read only once and has been opened before
     */
    InputStream open() throws IOException;

    /** Returns the size in bytes, or empty if it is unknown before the content is read. */
    OptionalLong size();

    /** Returns whether {@link #open} may be called more than once. */
    boolean reopenable();

    /** Returns a source of these bytes. The array is not copied and must not be modified afterwards. */
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
     * Returns a source of the content of a file, whose size is read now.
     *
     * @throws IOException if the size of the file cannot be read
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

    /** Returns a source of a stream of unknown length. It can be opened once. */
    static BlobSource once(InputStream stream) {
        return new OneShotSource(stream, OptionalLong.empty());
    }

    /**
     * Returns a source of a stream of known length. It can be opened once.
     *
     * @param size the number of bytes of the stream; a push fails if the stream has fewer or more
     * @throws IllegalArgumentException if the size is negative
     */
    static BlobSource once(InputStream stream, long size) {
        if (size < 0) {
            throw new IllegalArgumentException("A size cannot be negative: " + size);
        }
        return new OneShotSource(stream, OptionalLong.of(size));
    }
}

package dev.berth.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A blob, or a part of one, that is open for reading. Not thread-safe, except that any thread may close it, which ends
 * a read in progress.
 *
 * <p>The content is delivered as stored and is not verified before it is delivered, unlike that of
 * {@link Manifests#get}. A registry may hash a blob that is read as a whole on its way, and end it with a
 * {@link BlobDamagedException} in the place of its last bytes. A caller that requires verification computes the digest
 * while reading.
 *
 * @since 0.1
 */
public interface BlobContent extends AutoCloseable {

    /**
     * Returns content that comes from a stream: what most registries return. Closing the content closes the stream, which
     * must release everything that it uses.
     *
     * @param descriptor the descriptor of the whole blob
     * @param slice the part of the blob that the stream has
     */
    static BlobContent of(Descriptor descriptor, ByteRange.Slice slice, InputStream stream) {
        return new StreamContent(descriptor, slice, stream);
    }

    /** Returns the digest and total size in bytes of the whole blob, with the media type of {@link Blobs#find}. */
    Descriptor descriptor();

    /** Returns the position in the blob of the first byte of this content. */
    long offset();

    /** Returns the number of bytes of this content. */
    long length();

    /**
     * Returns the content as a stream, which may throw a {@link BlobDamagedException}. Each call returns the same
     * stream. Closing the stream or this object releases
     * all resources.
     *
     * @throws IOException if the content cannot be opened
     */
    InputStream stream() throws IOException;

    /**
     * Writes the remaining bytes to the output, which stays open.
     *
     * @return the number of bytes written
     * @throws IOException if reading or writing fails
     */
    default long transferTo(OutputStream output) throws IOException {
        return stream().transferTo(output);
    }

    /**
     * Reads the remaining bytes into memory. Intended for small content, such as the configuration of an image.
     *
     * @param limit the largest number of bytes to accept
     * @throws RegistryException with {@link ErrorCode#SIZE_INVALID} if there are more
     * @throws IOException if reading fails
     * @throws IllegalArgumentException if the limit is negative
     */
    default byte[] readAllBytes(int limit) throws IOException {
        if (limit < 0) {
            throw new IllegalArgumentException("A limit cannot be negative: " + limit);
        }
        InputStream stream = stream();
        byte[] bytes = stream.readNBytes(limit);
        // A stream that verifies its content does so at its end.
        if (stream.read() >= 0) {
            throw RegistryException.of(
                    ErrorCode.SIZE_INVALID,
                    "The blob " + descriptor().digest() + " has more than the " + limit
                            + " bytes that may be read into memory: " + length()
                            + "; read it as a stream, or allow more");
        }
        return bytes;
    }

    /** Releases all resources. Idempotent. */
    @Override
    void close();
}

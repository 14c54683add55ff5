package dev.berth.registry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * A manifest as it is pushed and pulled: its bytes, media type and digest. The bytes are neither parsed nor changed.
 *
 * <p>Immutable. Two manifests are equal if their media types and digests are.
 *
 * @since 0.1
 */
public final class Manifest {
    private final String mediaType;
    private final byte[] bytes;
    private final Digest digest;

    private Manifest(String mediaType, byte[] bytes, Digest digest) {
        this.mediaType = mediaType;
        this.bytes = bytes;
        this.digest = digest;
    }

    /** Returns a manifest with its sha256 digest. The bytes are copied. */
    public static Manifest of(String mediaType, byte[] bytes) {
        return of(mediaType, bytes, DigestAlgorithm.SHA256);
    }

    /** Returns a manifest with its digest by this algorithm. The bytes are copied. */
    public static Manifest of(String mediaType, byte[] bytes, DigestAlgorithm algorithm) {
        requireMediaType(mediaType);
        byte[] copy = bytes.clone();
        return new Manifest(mediaType, copy, Digest.compute(algorithm, copy));
    }

    /**
     * Returns a manifest after verifying its digest. The bytes are copied.
     *
     * @throws RegistryException with {@link ErrorCode#DIGEST_INVALID} if the bytes have another digest
     */
    public static Manifest verified(String mediaType, byte[] bytes, Digest expected) {
        return of(mediaType, bytes, Objects.requireNonNull(expected, "expected").algorithm())
                .verify(expected);
    }

    /**
     * Reads a manifest from a stream, for which its bytes are in memory only once.
     *
     * @param content the bytes; the stream is not closed
     * @param size how many bytes are read. Fewer if the stream ends before
     * @throws IOException if the stream fails
     */
    public static Manifest read(String mediaType, InputStream content, int size, DigestAlgorithm algorithm)
            throws IOException {
        requireMediaType(mediaType);
        byte[] bytes = new byte[size];
        int read = content.readNBytes(bytes, 0, size);
        byte[] all = read == size ? bytes : Arrays.copyOf(bytes, read);
        return new Manifest(mediaType, all, Digest.compute(algorithm, all));
    }

    /**
     * Returns this manifest if it has a digest.
     *
     * @throws RegistryException with {@link ErrorCode#DIGEST_INVALID} if it has another one
     */
    public Manifest verify(Digest expected) {
        if (!digest.equals(expected)) {
            throw RegistryException.of(
                    ErrorCode.DIGEST_INVALID,
                    "The manifest does not match the digest " + expected + ": its digest is " + digest
                            + "; transfer it again, or select it by the digest that it has");
        }
        return this;
    }

    /** Returns this manifest with another media type. The bytes are shared. */
    public Manifest withMediaType(String newMediaType) {
        requireMediaType(newMediaType);
        return new Manifest(newMediaType, bytes, digest);
    }

    private static void requireMediaType(String mediaType) {
        if (mediaType.isBlank()) {
            throw new IllegalArgumentException("A manifest needs a media type");
        }
    }

    /** Returns the media type, without parameters. */
    public String mediaType() {
        return mediaType;
    }

    /** Returns the digest of the bytes. */
    public Digest digest() {
        return digest;
    }

    /** Returns the number of bytes. */
    public int size() {
        return bytes.length;
    }

    /** Returns a copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Returns the bytes as a read-only buffer, without copying them. */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** Returns the bytes as a stream, without copying them. */
    public InputStream stream() {
        return new ByteArrayInputStream(bytes);
    }

    /** Returns media type, digest and size. */
    public Descriptor descriptor() {
        return Descriptor.of(mediaType, digest, bytes.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Manifest manifest
                && digest.equals(manifest.digest)
                && mediaType.equals(manifest.mediaType);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    /** Returns media type and digest. */
    @Override
    public String toString() {
        return mediaType + " " + digest;
    }
}

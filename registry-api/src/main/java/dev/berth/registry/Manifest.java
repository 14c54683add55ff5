package dev.berth.registry;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A manifest as it is pushed and pulled: bytes, what they are, and their digest. The bytes are kept as they are; what
 * is in them is not looked at here.
 *
 * <p>Immutable. Equal if media type and digest are.
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
        if (mediaType.isBlank()) {
            throw new IllegalArgumentException("A manifest needs a media type");
        }
        byte[] copy = bytes.clone();
        return new Manifest(mediaType, copy, Digest.compute(algorithm, copy));
    }

    /**
     * Returns a manifest that must have this digest. The bytes are copied.
     *
     * @throws RegistryException with {@link ErrorCode#DIGEST_INVALID} if they have another one
     */
    public static Manifest verified(String mediaType, byte[] bytes, Digest expected) {
        Manifest manifest = of(
                mediaType, bytes, Objects.requireNonNull(expected, "expected").algorithm());
        if (!manifest.digest.equals(expected)) {
            throw RegistryException.of(
                    ErrorCode.DIGEST_INVALID,
                    "The manifest is not the one that was named: its digest is " + manifest.digest + ", not "
                            + expected);
        }
        return manifest;
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

    /** Prints media type and digest. */
    @Override
    public String toString() {
        return mediaType + " " + digest;
    }
}

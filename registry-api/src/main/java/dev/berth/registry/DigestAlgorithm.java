package dev.berth.registry;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * The digest algorithms that the OCI image specification registers and Berth supports.
 *
 * @since 0.1
 */
public enum DigestAlgorithm {
    /** SHA-256, which every registry supports. */
    SHA256("sha256", "SHA-256", 64),
    /** SHA-512. */
    SHA512("sha512", "SHA-512", 128);

    private final String id;
    private final String javaName;
    private final int encodedLength;

    DigestAlgorithm(String id, String javaName, int encodedLength) {
        this.id = id;
        this.javaName = javaName;
        this.encodedLength = encodedLength;
    }

    /** Returns the identifier with which digests start: {@code sha256}. */
    public String id() {
        return id;
    }

    /** Returns the number of hexadecimal characters of a hash. */
    public int encodedLength() {
        return encodedLength;
    }

    /** Returns a new message digest of this algorithm. It can be cloned. */
    public MessageDigest newMessageDigest() {
        try {
            return MessageDigest.getInstance(javaName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM lacks " + javaName, e);
        }
    }

    /** Returns the algorithm with this identifier, or empty if it is not supported. */
    public static Optional<DigestAlgorithm> find(String id) {
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.id.equals(id)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** Returns the identifier. */
    @Override
    public String toString() {
        return id;
    }
}

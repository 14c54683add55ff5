package dev.berth.registry;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A digest: the content address of a blob or manifest (OCI image specification, "Digests"). Its text form is
 * {@code sha256:e3b0c442…}.
 *
 * @param algorithm the hash function
 * @param hex the hash in lower-case hexadecimal characters, {@link DigestAlgorithm#encodedLength()} of them
 * @since 0.1
 */
public record Digest(DigestAlgorithm algorithm, String hex) implements ManifestSelector, Comparable<Digest> {

    /** Checks the hexadecimal characters. */
    public Digest {
        Objects.requireNonNull(algorithm, "algorithm");
        if (hex.length() != algorithm.encodedLength() || !isLowerHex(hex)) {
            throw new IllegalArgumentException("'" + Quoted.shorten(algorithm + ":" + hex)
                    + "' is not a digest: " + algorithm + " takes " + algorithm.encodedLength()
                    + " lower-case hexadecimal characters");
        }
    }

    /**
     * Parses a digest.
     *
     * @throws IllegalArgumentException if the text is not a digest or its algorithm is not supported; the message says
     *     what is allowed
     */
    public static Digest parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(
                    "'" + Quoted.shorten(text) + "' is not a digest; a digest looks like sha256:<64 hex characters>");
        }
        DigestAlgorithm algorithm = DigestAlgorithm.find(text.substring(0, colon))
                .orElseThrow(() -> new IllegalArgumentException("The digest '" + Quoted.shorten(text)
                        + "' has an algorithm that is not supported; use one of "
                        + Arrays.stream(DigestAlgorithm.values())
                                .map(DigestAlgorithm::id)
                                .collect(Collectors.joining(", "))));
        return new Digest(algorithm, text.substring(colon + 1));
    }

    /**
     * Returns the digest with this algorithm and hash.
     *
     * @param hex lower-case hexadecimal characters, {@link DigestAlgorithm#encodedLength()} of them
     * @throws IllegalArgumentException if the characters or their number are wrong
     */
    public static Digest of(DigestAlgorithm algorithm, String hex) {
        return new Digest(algorithm, hex);
    }

    /** Computes the digest of these bytes. */
    public static Digest compute(DigestAlgorithm algorithm, byte[] content) {
        return finish(algorithm, algorithm.newMessageDigest(), content);
    }

    /** Computes the sha256 digest of these bytes. */
    public static Digest sha256(byte[] content) {
        return compute(DigestAlgorithm.SHA256, content);
    }

    /**
     * Completes a computation and resets it.
     *
     * @param computed a message digest from {@link DigestAlgorithm#newMessageDigest()} of the same algorithm
     */
    public static Digest finish(DigestAlgorithm algorithm, MessageDigest computed) {
        return new Digest(algorithm, HexFormat.of().formatHex(computed.digest()));
    }

    private static Digest finish(DigestAlgorithm algorithm, MessageDigest computed, byte[] content) {
        computed.update(content);
        return finish(algorithm, computed);
    }

    private static boolean isLowerHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    /** Compares the text forms in lexical order. */
    @Override
    public int compareTo(Digest other) {
        int byAlgorithm = algorithm.id().compareTo(other.algorithm.id());
        return byAlgorithm != 0 ? byAlgorithm : hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return algorithm.id() + ":" + hex;
    }
}

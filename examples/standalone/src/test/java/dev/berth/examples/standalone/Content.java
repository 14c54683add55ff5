package dev.berth.examples.standalone;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Bytes of a registry that fit in memory, and what they are. */
final class Content {
    private static final Map<String, String> NAMES = Map.of("sha256", "SHA-256", "sha512", "SHA-512");

    private final String mediaType;
    private final byte[] bytes;

    Content(String mediaType, byte[] bytes) {
        this.mediaType = mediaType;
        this.bytes = bytes.clone();
    }

    String mediaType() {
        return mediaType;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    int size() {
        return bytes.length;
    }

    String digest() {
        return digest("sha256");
    }

    String digest(String algorithm) {
        return digest(algorithm, bytes);
    }

    static String digest(String algorithm, byte[] bytes) {
        return format(algorithm, hash(algorithm).digest(bytes));
    }

    static String format(String algorithm, byte[] hash) {
        return algorithm + ":" + HexFormat.of().formatHex(hash);
    }

    static MessageDigest hash(String algorithm) {
        try {
            return MessageDigest.getInstance(NAMES.get(algorithm));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** As it stands in a manifest. */
    String descriptor(String algorithm) {
        return """
                {"mediaType":"%s","digest":"%s","size":%d}""".formatted(mediaType, digest(algorithm), bytes.length);
    }

    @Override
    public String toString() {
        return mediaType + " " + digest();
    }
}

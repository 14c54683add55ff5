package dev.berth.examples.standalone.content;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Content of a registry that fits in memory, with its media type. */
public final class Content {
    private static final Map<String, String> NAMES = Map.of("sha256", "SHA-256", "sha512", "SHA-512");

    private final String mediaType;
    private final byte[] bytes;

    public Content(String mediaType, byte[] bytes) {
        this.mediaType = mediaType;
        this.bytes = bytes.clone();
    }

    public String mediaType() {
        return mediaType;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public int size() {
        return bytes.length;
    }

    public String digest() {
        return digest("sha256");
    }

    public String digest(String algorithm) {
        return digest(algorithm, bytes);
    }

    public static String digest(String algorithm, byte[] bytes) {
        return format(algorithm, hash(algorithm).digest(bytes));
    }

    public static String format(String algorithm, byte[] hash) {
        return algorithm + ":" + HexFormat.of().formatHex(hash);
    }

    public static MessageDigest hash(String algorithm) {
        try {
            return MessageDigest.getInstance(NAMES.get(algorithm));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Returns the descriptor, as JSON for a manifest. */
    public String descriptor(String algorithm) {
        return """
                {"mediaType":"%s","digest":"%s","size":%d}""".formatted(mediaType, digest(algorithm), bytes.length);
    }

    @Override
    public String toString() {
        return mediaType + " " + digest();
    }
}

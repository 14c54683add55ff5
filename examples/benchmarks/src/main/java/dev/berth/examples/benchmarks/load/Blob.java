package dev.berth.examples.benchmarks.load;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A blob to push: its digest, and its bytes in parts, of which other blobs may share some. */
final class Blob {
    private final String digest;
    private final byte[][] parts;

    Blob(String digest, byte[]... parts) {
        this.digest = digest;
        this.parts = parts;
    }

    static Blob of(byte[] content) {
        MessageDigest sha256 = sha256();
        return new Blob(name(sha256.digest(content)), content);
    }

    String digest() {
        return digest;
    }

    byte[][] parts() {
        return parts;
    }

    int size() {
        int size = 0;
        for (byte[] part : parts) {
            size += part.length;
        }
        return size;
    }

    static String name(byte[] sha256) {
        return "sha256:" + HexFormat.of().formatHex(sha256);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

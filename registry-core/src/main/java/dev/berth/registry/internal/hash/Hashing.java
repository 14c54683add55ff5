package dev.berth.registry.internal.hash;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Computes the digests of stored content. */
public final class Hashing {
    private static final int BUFFER_BYTES = 64 * 1024;

    private Hashing() {}

    /** Returns the digest of all bytes of a stream. */
    public static Digest of(InputStream content, DigestAlgorithm algorithm) throws IOException {
        MessageDigest hash = algorithm.newMessageDigest();
        update(hash, content);
        return Digest.finish(algorithm, hash);
    }

    /** Adds all bytes of a stream to a hash, and returns how many there were. */
    public static long update(MessageDigest hash, InputStream content) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long count = 0;
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            hash.update(buffer, 0, read);
            count += read;
        }
        return count;
    }
}

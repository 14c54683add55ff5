package dev.berth.registry.scan.inventory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Which paths a layer has, as eight bytes of a hash of each: a layer may have a million, and of most of them nothing else
 * is known than that they hide what is at the same path in a layer below. Immutable.
 */
final class PathSet {
    static final PathSet EMPTY = new PathSet(new long[0]);

    private final long[] sorted;

    private PathSet(long[] sorted) {
        this.sorted = sorted;
    }

    boolean contains(String path) {
        return Arrays.binarySearch(sorted, hash(path)) >= 0;
    }

    private static long hash(String path) {
        return new Hashing().hash(path);
    }

    int size() {
        return sorted.length;
    }

    String toText() {
        ByteBuffer bytes = ByteBuffer.allocate(sorted.length * Long.BYTES);
        bytes.asLongBuffer().put(sorted);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /** @throws IllegalArgumentException if {@link #toText} has not made it */
    static PathSet ofText(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        if (bytes.length % Long.BYTES != 0) {
            throw new IllegalArgumentException("Paths of a layer are cut");
        }
        long[] hashes = new long[bytes.length / Long.BYTES];
        ByteBuffer.wrap(bytes).asLongBuffer().get(hashes);
        Arrays.sort(hashes);
        return new PathSet(hashes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathSet set && Arrays.equals(sorted, set.sorted);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sorted);
    }

    /** Hashes that nobody finds a second path for by chance. For one thread. */
    private static final class Hashing {
        private final MessageDigest digest;

        Hashing() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java has SHA-256", e);
            }
        }

        long hash(String path) {
            return ByteBuffer.wrap(digest.digest(path.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        }
    }

    /** Collects paths. For one thread. */
    static final class Builder {
        private static final int FIRST_CAPACITY = 1024;

        private final Hashing hashing = new Hashing();
        private long[] hashes = new long[FIRST_CAPACITY];
        private int count;

        void add(String path) {
            if (count == hashes.length) {
                hashes = Arrays.copyOf(hashes, 2 * count);
            }
            hashes[count++] = hashing.hash(path);
        }

        PathSet build() {
            return new PathSet(
                    Arrays.stream(hashes, 0, count).sorted().distinct().toArray());
        }
    }
}

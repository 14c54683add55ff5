package dev.berth.registry.storage;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The name of an object: segments separated by slashes, such as {@code blobs/sha256/ab/data}.
 *
 * <p>Each segment has 1 to {@value #MAX_SEGMENT_BYTES} bytes in UTF-8, does not begin with a dot, and has no control
 * character, slash, backslash or unpaired surrogate; the whole key has at most {@value #MAX_BYTES} bytes. So every key
 * is a valid path on every case-sensitive file system, and names that begin with a dot are reserved for the stores.
 *
 * <p>The user of a store ensures that no key is a segment-wise prefix of another ({@code a} and {@code a/b}).
 *
 * @param value the key
 * @since 0.1
 */
public record ObjectKey(String value) implements Comparable<ObjectKey> {

    /** The largest number of bytes of a key in UTF-8. */
    public static final int MAX_BYTES = 1024;

    /** The largest number of bytes of a segment in UTF-8. */
    public static final int MAX_SEGMENT_BYTES = 255;

    /** Checks the grammar and the lengths. */
    public ObjectKey {
        Objects.requireNonNull(value, "value");
        KeyGrammar.check(value, "object key");
    }

    /**
     * Returns the key with this value.
     *
     * @throws IllegalArgumentException if it is not a valid one
     */
    public static ObjectKey of(String value) {
        return new ObjectKey(value);
    }

    /** Compares by the bytes of UTF-8: the order of listings. */
    @Override
    public int compareTo(ObjectKey other) {
        return Utf8Order.compare(value, other.value);
    }

    /** Returns the number of bytes in UTF-8. */
    public int byteLength() {
        return value.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public String toString() {
        return value;
    }
}

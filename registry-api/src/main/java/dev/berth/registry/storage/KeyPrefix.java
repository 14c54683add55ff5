package dev.berth.registry.storage;

import java.util.Objects;

/**
 * The leading segments of keys, such as {@code blobs/sha256/}; empty for all keys.
 *
 * @param value empty, or an {@link ObjectKey} followed by a slash
 * @since 0.1
 */
public record KeyPrefix(String value) {

    /** The prefix of all keys. */
    public static final KeyPrefix ROOT = new KeyPrefix("");

    /** Checks the grammar. */
    public KeyPrefix {
        Objects.requireNonNull(value, "value");
        if (!value.isEmpty()) {
            if (!value.endsWith("/")) {
                throw KeyGrammar.bad("key prefix", value, "it does not end with a slash");
            }
            KeyGrammar.check(value.substring(0, value.length() - 1), "key prefix");
        }
    }

    /**
     * Returns the prefix with this value.
     *
     * @throws IllegalArgumentException if it is not a valid one
     */
    public static KeyPrefix of(String value) {
        return new KeyPrefix(value);
    }

    /**
     * Returns the key of this prefix and the rest, which may have several segments.
     *
     * @throws IllegalArgumentException if that is not a valid key
     */
    public ObjectKey key(String rest) {
        return ObjectKey.of(value + rest);
    }

    /**
     * Returns this prefix followed by another one.
     *
     * @throws IllegalArgumentException if both together are too long
     */
    public KeyPrefix resolve(KeyPrefix inner) {
        return inner.value.isEmpty() ? this : new KeyPrefix(value + inner.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

package dev.berth.registry;

import java.util.Objects;

/**
 * Names an upload session. Opaque: its form is the registry's business, and it may change after each append.
 *
 * @param value at most {@value #MAX_LENGTH} characters, never empty
 * @since 0.1
 */
public record UploadId(String value) {

    /** The largest number of characters. */
    public static final int MAX_LENGTH = 4096;

    /** Checks the length. */
    public UploadId {
        Objects.requireNonNull(value, "value");
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("An upload id has 1 to " + MAX_LENGTH + " characters");
        }
    }

    /** Returns the id with this value. */
    public static UploadId of(String value) {
        return new UploadId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}

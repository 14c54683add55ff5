package dev.berth.registry;

import java.util.Objects;

/**
 * The id of an upload session. It is opaque: the registry defines its form. The id of an upload may change with each
 * append.
 *
 * @param value 1 to {@value #MAX_LENGTH} characters
 * @since 0.1
 */
public record UploadId(String value) {

    /** The maximum number of characters. */
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

package dev.berth.registry.image.files;

/**
 * What a layer may cost its reader. What exceeds a limit ends the reading with an exception that names the limit.
 * Immutable.
 *
 * @since 0.1
 */
public final class FileLimits {
    private final long maxEntries;
    private final long maxBytes;
    private final int maxPathBytes;

    private FileLimits(Builder builder) {
        this.maxEntries = builder.maxEntries;
        this.maxBytes = builder.maxBytes;
        this.maxPathBytes = builder.maxPathBytes;
    }

    /** Returns the defaults: a million entries, 64 GiB uncompressed, paths of 4,096 bytes. */
    public static FileLimits defaults() {
        return builder().build();
    }

    /** Begins with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the largest number of entries: of a layer, or of all layers of an image together. */
    public long maxEntries() {
        return maxEntries;
    }

    /** Returns the largest number of bytes that are read of a layer, after decompression. */
    public long maxBytes() {
        return maxBytes;
    }

    /** Returns the largest length of a path and of the target of a link, in bytes of UTF-8. */
    public int maxPathBytes() {
        return maxPathBytes;
    }

    /**
     * Builds limits. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private long maxEntries = 1_000_000;
        private long maxBytes = 64L << 30;
        private int maxPathBytes = 4096;

        private Builder() {}

        /** Sets the largest number of entries. */
        public Builder maxEntries(long entries) {
            this.maxEntries = positive(entries, "entries");
            return this;
        }

        /** Sets the largest number of bytes after decompression. */
        public Builder maxBytes(long bytes) {
            this.maxBytes = positive(bytes, "bytes");
            return this;
        }

        /** Sets the largest length of a path in bytes. */
        public Builder maxPathBytes(int bytes) {
            this.maxPathBytes = (int) positive(bytes, "bytes of a path");
            return this;
        }

        private static long positive(long value, String what) {
            if (value <= 0) {
                throw new IllegalArgumentException("The limit of " + what + " must be positive, not " + value);
            }
            return value;
        }

        /** Returns the limits. */
        public FileLimits build() {
            return new FileLimits(this);
        }
    }
}

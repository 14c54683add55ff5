package dev.berth.registry.scan.found;

import java.time.Duration;

/**
 * What the inventory of a layer may cost. What exceeds a limit is left out, and the inventory says so. Immutable.
 *
 * @since 0.1
 */
public final class InventoryLimits {
    private final long maxEntries;
    private final long maxLayerBytes;
    private final long maxOpenedBytes;
    private final long maxTemporaryBytes;
    private final int maxDepth;
    private final int maxPackages;
    private final Duration maxTime;

    private InventoryLimits(Builder builder) {
        this.maxEntries = builder.maxEntries;
        this.maxLayerBytes = builder.maxLayerBytes;
        this.maxOpenedBytes = builder.maxOpenedBytes;
        this.maxTemporaryBytes = builder.maxTemporaryBytes;
        this.maxDepth = builder.maxDepth;
        this.maxPackages = builder.maxPackages;
        this.maxTime = builder.maxTime;
    }

    /**
     * Returns the defaults: a million entries, 64 GiB uncompressed, 4 GiB out of archives, 1 GiB of temporary files,
     * archives 8 deep, 100,000 packages, ten minutes.
     */
    public static InventoryLimits defaults() {
        return builder().build();
    }

    /** Begins with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the largest number of files, directories and links of a layer. */
    public long maxEntries() {
        return maxEntries;
    }

    /** Returns the largest number of bytes that are read of a layer, after decompression. */
    public long maxLayerBytes() {
        return maxLayerBytes;
    }

    /** Returns the largest number of bytes that are read out of archives and databases in a layer. */
    public long maxOpenedBytes() {
        return maxOpenedBytes;
    }

    /** Returns the largest number of bytes of a temporary file. There is at most one at a time for each layer. */
    public long maxTemporaryBytes() {
        return maxTemporaryBytes;
    }

    /** Returns how deep an archive may be in other archives. */
    public int maxDepth() {
        return maxDepth;
    }

    /** Returns the largest number of packages of a layer. */
    public int maxPackages() {
        return maxPackages;
    }

    /** Returns how long a layer may be read. */
    public Duration maxTime() {
        return maxTime;
    }

    /**
     * Builds limits. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private long maxEntries = 1_000_000;
        private long maxLayerBytes = 64L << 30;
        private long maxOpenedBytes = 4L << 30;
        private long maxTemporaryBytes = 1L << 30;
        private int maxDepth = 8;
        private int maxPackages = 100_000;
        private Duration maxTime = Duration.ofMinutes(10);

        private Builder() {}

        /** Sets the largest number of files, directories and links of a layer. */
        public Builder maxEntries(long entries) {
            this.maxEntries = positive(entries, "entries");
            return this;
        }

        /** Sets the largest number of bytes of a layer after decompression. */
        public Builder maxLayerBytes(long bytes) {
            this.maxLayerBytes = positive(bytes, "bytes of a layer");
            return this;
        }

        /** Sets the largest number of bytes that are read out of archives and databases. */
        public Builder maxOpenedBytes(long bytes) {
            this.maxOpenedBytes = positive(bytes, "opened bytes");
            return this;
        }

        /** Sets the largest number of bytes of a temporary file. */
        public Builder maxTemporaryBytes(long bytes) {
            this.maxTemporaryBytes = positive(bytes, "temporary bytes");
            return this;
        }

        /** Sets how deep an archive may be in other archives. */
        public Builder maxDepth(int depth) {
            this.maxDepth = (int) positive(depth, "the depth of archives");
            return this;
        }

        /** Sets the largest number of packages of a layer. */
        public Builder maxPackages(int packages) {
            this.maxPackages = (int) positive(packages, "packages");
            return this;
        }

        /** Sets how long a layer may be read. */
        public Builder maxTime(Duration time) {
            positive(time.toMillis(), "milliseconds");
            this.maxTime = time;
            return this;
        }

        private static long positive(long value, String what) {
            if (value <= 0) {
                throw new IllegalArgumentException("The limit of " + what + " must be positive, not " + value);
            }
            return value;
        }

        /** Returns the limits. */
        public InventoryLimits build() {
            return new InventoryLimits(this);
        }
    }
}

package dev.berth.registry.engine;

import java.time.Duration;
import java.time.InstantSource;

/**
 * How a {@link StorageRegistry} behaves. Immutable.
 *
 * @see #defaults()
 */
public final class StorageOptions {
    private final int maxManifestBytes;
    private final boolean requireBlobs;
    private final boolean requireManifests;
    private final Duration uploadExpiry;
    private final InstantSource clock;

    private StorageOptions(Builder builder) {
        this.maxManifestBytes = builder.maxManifestBytes;
        this.requireBlobs = builder.requireBlobs;
        this.requireManifests = builder.requireManifests;
        this.uploadExpiry = builder.uploadExpiry;
        this.clock = builder.clock;
    }

    /** Returns the defaults that {@link Builder} names. */
    public static StorageOptions defaults() {
        return builder().build();
    }

    /** Begins with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    int maxManifestBytes() {
        return maxManifestBytes;
    }

    boolean requireBlobs() {
        return requireBlobs;
    }

    boolean requireManifests() {
        return requireManifests;
    }

    Duration uploadExpiry() {
        return uploadExpiry;
    }

    InstantSource clock() {
        return clock;
    }

    /** Puts options together. Not thread-safe. */
    public static final class Builder {
        private int maxManifestBytes = 4 * 1024 * 1024;
        private boolean requireBlobs = true;
        private boolean requireManifests = true;
        private Duration uploadExpiry = Duration.ofHours(24);
        private InstantSource clock = InstantSource.system();

        private Builder() {}

        /**
         * Sets the largest manifest that is stored, in bytes; 4 MiB by default, which is what clients may count on.
         *
         * @throws IllegalArgumentException if it is not between 1 and 64 MiB
         */
        public Builder maxManifestBytes(int bytes) {
            if (bytes < 1 || bytes > StorageRegistry.LARGEST_MANIFEST) {
                throw new IllegalArgumentException("The largest manifest must have 1 to "
                        + StorageRegistry.LARGEST_MANIFEST + " bytes, not " + bytes);
            }
            this.maxManifestBytes = bytes;
            return this;
        }

        /**
         * Sets whether a manifest is refused when the repository lacks a config or layer that it refers to; {@code true}
         * by default. Layers that need not be distributed are never required.
         */
        public Builder requireBlobs(boolean require) {
            this.requireBlobs = require;
            return this;
        }

        /**
         * Sets whether an index is refused when the repository lacks a manifest that it refers to; {@code true} by
         * default. {@code false} allows sparse indexes: a multi-platform image of which only some platforms are kept.
         */
        public Builder requireManifests(boolean require) {
            this.requireManifests = require;
            return this;
        }

        /**
         * Sets after how long without a sign of life {@link StorageRegistry#maintain} drops an upload; 24 hours by
         * default.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder uploadExpiry(Duration expiry) {
            if (expiry.isNegative() || expiry.isZero()) {
                throw new IllegalArgumentException("The expiry of uploads must be positive: " + expiry);
            }
            this.uploadExpiry = expiry;
            return this;
        }

        /** Sets the clock; the system's by default. */
        public Builder clock(InstantSource newClock) {
            this.clock = newClock;
            return this;
        }

        /** Returns the options. */
        public StorageOptions build() {
            return new StorageOptions(this);
        }
    }
}

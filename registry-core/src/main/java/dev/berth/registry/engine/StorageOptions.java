package dev.berth.registry.engine;

import dev.berth.registry.internal.budget.MemoryBudget;
import dev.berth.registry.internal.store.Marks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * The options of a {@link StorageRegistry}. Immutable.
 *
 * @see #defaults()
 * @since 0.1
 */
public final class StorageOptions {
    private static final long SMALLEST_MEMORY = 1024 * 1024;

    private static final Duration LONGEST_AGE = Duration.ofDays(3653);

    private static final Duration LONGEST_UNDELETE = Duration.ofDays(90);

    private static final long MOST_CACHE = 16 * 1024 * 1024;

    private final int maxManifestBytes;
    private final boolean requireBlobs;
    private final boolean requireManifests;
    private final Duration uploadExpiry;
    private final InstantSource clock;
    private final long manifestMemory;
    private final long manifestCacheBytes;
    private final LongSupplier nanoTime;
    private final Marks.Pause pause;
    private final boolean verifyReads;
    private final Duration verifyAgainAfter;
    private final Duration undelete;

    private StorageOptions(Builder builder) {
        this.maxManifestBytes = builder.maxManifestBytes;
        this.requireBlobs = builder.requireBlobs;
        this.requireManifests = builder.requireManifests;
        this.uploadExpiry = builder.uploadExpiry;
        this.clock = builder.clock;
        this.manifestMemory = builder.manifestMemory;
        this.manifestCacheBytes = builder.manifestCacheBytes;
        this.nanoTime = builder.nanoTime;
        this.pause = builder.pause;
        this.verifyReads = builder.verifyReads;
        this.verifyAgainAfter = builder.verifyAgainAfter;
        this.undelete = builder.undelete;
    }

    /** Returns the options with their defaults, which {@link Builder} states. */
    public static StorageOptions defaults() {
        return builder().build();
    }

    /** Returns a builder with the defaults. */
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

    long manifestMemory() {
        return manifestMemory;
    }

    long manifestCacheBytes() {
        return manifestCacheBytes;
    }

    LongSupplier nanoTime() {
        return nanoTime;
    }

    Marks.Pause pause() {
        return pause;
    }

    boolean verifyReads() {
        return verifyReads;
    }

    Duration verifyAgainAfter() {
        return verifyAgainAfter;
    }

    Duration undelete() {
        return undelete;
    }

    /**
     * Builds options. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private int maxManifestBytes = 4 * 1024 * 1024;
        private boolean requireBlobs = true;
        private boolean requireManifests = true;
        private Duration uploadExpiry = Duration.ofHours(24);
        private InstantSource clock = InstantSource.system();
        private long manifestMemory = Math.max(SMALLEST_MEMORY, MemoryBudget.shareOfHeap(8));
        private long manifestCacheBytes = Math.min(MOST_CACHE, MemoryBudget.shareOfHeap(32));
        private LongSupplier nanoTime = System::nanoTime;
        private Marks.Pause pause = duration -> Thread.sleep(duration.toMillis());
        private boolean verifyReads = true;
        private Duration verifyAgainAfter = Duration.ofHours(24);
        private Duration undelete = Duration.ofDays(7);

        private Builder() {}

        /**
         * Sets the size of the largest manifest that is accepted, in bytes. 4 MiB by default, which the specification
         * lets clients rely on. A larger manifest is refused with
         * {@link dev.berth.registry.ErrorCode#MANIFEST_TOO_LARGE}.
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
         * Sets whether a manifest is refused if the repository does not have its configuration and layers. {@code true} by
         * default. Layers that must not be distributed, or that have URLs, are never required.
         */
        public Builder requireBlobs(boolean require) {
            this.requireBlobs = require;
            return this;
        }

        /**
         * Sets whether an index is refused if the repository does not have its manifests. {@code true} by default.
         * {@code false} allows sparse indexes: multi-platform images of which only some platforms are stored.
         */
        public Builder requireManifests(boolean require) {
            this.requireManifests = require;
            return this;
        }

        /**
         * Sets the idle time after which {@link StorageRegistry#maintain} deletes an upload. 24 hours by default. Only
         * time counts during which this registry has known the upload, so that no wrong clock makes one expire: what an
         * earlier process has left is deleted when this one has seen it idle for so long.
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

        /**
         * Sets how much memory reading and parsing manifests may need at the same time, in bytes. An eighth of the heap
         * by default. A call beyond it waits for two seconds at most, and fails then with
         * {@link dev.berth.registry.ErrorCode#UNAVAILABLE} and a time to retry after.
         *
         * @throws IllegalArgumentException if it is less than 1 MiB
         */
        public Builder manifestMemory(long bytes) {
            if (bytes < SMALLEST_MEMORY) {
                throw new IllegalArgumentException(
                        "The memory for manifests must be at least " + SMALLEST_MEMORY + " bytes, not " + bytes);
            }
            this.manifestMemory = bytes;
            return this;
        }

        /**
         * Sets how much memory manifests take that were read and are kept for the next readers, in bytes. A 32nd of the
         * heap by default, at most 16 MiB. With 0 none are kept. They are never wrong: content with a digest does not
         * change, and before a kept manifest is delivered, the store is asked whether the repository has it, and whether
         * its data is still there and unchanged. So deletions are seen at once, those of other processes included.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder manifestCacheBytes(long bytes) {
            if (bytes < 0) {
                throw new IllegalArgumentException("A cache cannot have a negative size: " + bytes);
            }
            this.manifestCacheBytes = bytes;
            return this;
        }

        /**
         * Sets the clock, by which durations are measured as well. By default the clock of the system, and for durations
         * {@link System#nanoTime}, which nobody can set.
         */
        public Builder clock(InstantSource newClock) {
            this.clock = newClock;
            this.nanoTime = () -> ChronoUnit.NANOS.between(Instant.EPOCH, newClock.instant());
            return this;
        }

        /** Sets what measures durations, apart from the clock. For tests. */
        Builder nanoTime(LongSupplier newNanoTime) {
            this.nanoTime = newNanoTime;
            return this;
        }

        /** Sets how a push waits while a collection removes what it pushes. For tests, which move the clock meanwhile. */
        Builder pause(Marks.Pause newPause) {
            this.pause = newPause;
            return this;
        }

        /**
         * Sets whether a blob that is read as a whole is hashed on its way. {@code true} by default: if its bytes do not
         * have its digest, the last of them are not delivered, but a {@link dev.berth.registry.BlobDamagedException}
         * is thrown. Data that this process has hashed is not hashed again before {@link #verifyAgainAfter}, unless its
         * version in the store has changed. With {@code false}, bytes that were changed in the storage are
         * delivered as they are. Ranges, and downloads directly from the storage, are never verified.
         */
        public Builder verifyReads(boolean verify) {
            this.verifyReads = verify;
            return this;
        }

        /**
         * Sets for how long the data of a blob that was read and had its digest is taken to be intact, while the store
         * says that it is unchanged. 24 hours by default. So what changes data and its time in the store is noticed by the
         * next read, and what changes single bits on a disk unseen, by the first read after this time or a restart.
         * With zero, each read is verified.
         *
         * @throws IllegalArgumentException if it is negative or longer than 10 years
         */
        public Builder verifyAgainAfter(Duration age) {
            if (age.isNegative() || age.compareTo(LONGEST_AGE) > 0) {
                throw new IllegalArgumentException("Data cannot count as verified for this time: " + age);
            }
            this.verifyAgainAfter = age;
            return this;
        }

        /**
         * Sets for how long deleted manifests and tags can be restored with {@link StorageRegistry#trash}. 7 days by
         * default. Until then their bytes stay stored. A change applies to what was deleted before as well: the next
         * {@link StorageRegistry#maintain} goes by it. With zero, deletions are final, and cost one or two writes less.
         *
         * @throws IllegalArgumentException if it is negative or longer than 90 days
         */
        public Builder undelete(Duration window) {
            if (window.isNegative() || window.compareTo(LONGEST_UNDELETE) > 0) {
                throw new IllegalArgumentException(
                        "Deleted manifests can be restorable for 0 to 90 days, not for " + window);
            }
            this.undelete = window;
            return this;
        }

        /** Returns the options. */
        public StorageOptions build() {
            return new StorageOptions(this);
        }
    }
}

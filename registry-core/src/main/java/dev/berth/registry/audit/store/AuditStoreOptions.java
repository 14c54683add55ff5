package dev.berth.registry.audit.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/**
 * The options of an {@link AuditStore}. Immutable.
 *
 * @since 0.1
 */
public final class AuditStoreOptions {
    private final Duration keep;
    private final long mostBytes;
    private final int capacity;
    private final InstantSource clock;

    private AuditStoreOptions(Builder builder) {
        this.keep = builder.keep;
        this.mostBytes = builder.mostBytes;
        this.capacity = builder.capacity;
        this.clock = builder.clock;
    }

    /** Returns the options with their defaults, which {@link Builder} states. */
    public static AuditStoreOptions defaults() {
        return builder().build();
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns for how long events are kept. */
    public Duration keep() {
        return keep;
    }

    /** Returns how many bytes the events of all nodes have in the store, about. */
    public long mostBytes() {
        return mostBytes;
    }

    int capacity() {
        return capacity;
    }

    InstantSource clock() {
        return clock;
    }

    /**
     * Builds options. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private static final long FEWEST_BYTES = 1024L * 1024;

        private Duration keep = Duration.ofDays(90);
        private long mostBytes = 256L * 1024 * 1024;
        private int capacity = 5_000;
        private InstantSource clock = InstantSource.system();

        private Builder() {}

        /**
         * Sets for how long events are kept. 90 days by default.
         *
         * @throws IllegalArgumentException if it is less than an hour
         */
        public Builder keep(Duration newKeep) {
            if (newKeep.compareTo(Duration.ofHours(1)) < 0) {
                throw new IllegalArgumentException("The audit is kept for an hour at least, not " + newKeep);
            }
            this.keep = newKeep;
            return this;
        }

        /**
         * Sets how many bytes the events of all nodes have in the store, about: beyond that the oldest go. 256 MiB by default,
         * which is about half a million events.
         *
         * @throws IllegalArgumentException if it is less than 1 MiB
         */
        public Builder mostBytes(long newMostBytes) {
            if (newMostBytes < FEWEST_BYTES) {
                throw new IllegalArgumentException("The audit needs 1 MiB at least, not " + newMostBytes + " bytes");
            }
            this.mostBytes = newMostBytes;
            return this;
        }

        /**
         * Sets how many events wait in memory to be written. 5,000 by default. What is beyond that is lost, and an event says
         * how many were.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder capacity(int newCapacity) {
            if (newCapacity < 1) {
                throw new IllegalArgumentException("At least one event waits, not " + newCapacity);
            }
            this.capacity = newCapacity;
            return this;
        }

        /** Sets the clock by which events grow old. The clock of the system by default. */
        public Builder clock(InstantSource newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock");
            return this;
        }

        /** Returns the options. */
        public AuditStoreOptions build() {
            return new AuditStoreOptions(this);
        }
    }
}

package dev.berth.registry.pulls;

import java.time.InstantSource;
import java.util.Objects;

/**
 * The options of {@link PullStatistics}. Immutable.
 *
 * @since 0.1
 */
public final class PullOptions {
    private final InstantSource clock;
    private final int mostCounted;
    private final int mostPerRepository;

    private PullOptions(Builder builder) {
        this.clock = builder.clock;
        this.mostCounted = builder.mostCounted;
        this.mostPerRepository = builder.mostPerRepository;
    }

    /** Returns the options with their defaults, which {@link Builder} states. */
    public static PullOptions defaults() {
        return builder().build();
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    InstantSource clock() {
        return clock;
    }

    int mostCounted() {
        return mostCounted;
    }

    int mostPerRepository() {
        return mostPerRepository;
    }

    /**
     * Builds options. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private InstantSource clock = InstantSource.system();
        private int mostCounted = 50_000;
        private int mostPerRepository = 10_000;

        private Builder() {}

        /** Sets the clock that times pulls. The clock of the system by default. */
        public Builder clock(InstantSource newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock");
            return this;
        }

        /**
         * Sets how many manifests and tags are counted in memory between two flushes, about 300 bytes each. 50,000 by
         * default. Pulls of others are not counted until the next flush; the log says so.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder mostCounted(int newMostCounted) {
            this.mostCounted = requirePositive(newMostCounted);
            return this;
        }

        /**
         * Sets how many manifests, and how many tags, of one repository are kept in the store: those that were pulled
         * last. 10,000 by default.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder mostPerRepository(int newMostPerRepository) {
            this.mostPerRepository = requirePositive(newMostPerRepository);
            return this;
        }

        private static int requirePositive(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("The limit must be at least 1: " + value);
            }
            return value;
        }

        /** Returns the options. */
        public PullOptions build() {
            return new PullOptions(this);
        }
    }
}

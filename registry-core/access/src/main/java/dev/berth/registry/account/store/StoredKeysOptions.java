package dev.berth.registry.account.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/**
 * How {@link StoredKeys} are replaced. Immutable.
 *
 * @since 0.1
 */
public final class StoredKeysOptions {
    /** How old the keys may be that a process has read. */
    static final Duration OLDEST_CACHE = Duration.ofSeconds(5);

    private final Duration publishedBefore;
    private final Duration keptFor;
    private final InstantSource clock;

    private StoredKeysOptions(Builder builder) {
        this.publishedBefore = builder.publishedBefore;
        this.keptFor = builder.keptFor;
        this.clock = builder.clock;
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    Duration publishedBefore() {
        return publishedBefore;
    }

    Duration keptFor() {
        return keptFor;
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
        private Duration publishedBefore = Duration.ofHours(1);
        private Duration keptFor = Duration.ofDays(91);
        private InstantSource clock = InstantSource.system();

        private Builder() {}

        /**
         * Sets for how long a new key is published before it signs, an hour by default: longer than others keep what they
         * read from the JWK set.
         *
         * @throws IllegalArgumentException if it is shorter than 5 seconds, for which other processes keep the keys
         */
        public Builder publishedBefore(Duration newTime) {
            if (newTime.compareTo(OLDEST_CACHE) < 0) {
                throw new IllegalArgumentException(
                        "A new key is published for 5 seconds or longer before it signs, not for " + newTime);
            }
            this.publishedBefore = newTime;
            return this;
        }

        /**
         * Sets for how long the signatures of a key count after a newer one has begun to sign, 91 days by default: longer
         * than refresh tokens are good.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder keptFor(Duration newTime) {
            if (newTime.isNegative()) {
                throw new IllegalArgumentException("A key cannot be kept for " + newTime);
            }
            this.keptFor = newTime;
            return this;
        }

        /** Sets the clock. */
        public Builder clock(InstantSource newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock");
            return this;
        }

        /** Returns the options. */
        public StoredKeysOptions build() {
            return new StoredKeysOptions(this);
        }
    }
}

package dev.berth.registry.session;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/**
 * How long sessions last, and where their cookie is sent to. Immutable.
 *
 * @since 0.1
 */
public final class SessionOptions {
    private final Duration idle;
    private final Duration lifetime;
    private final int mostOfOne;
    private final String path;
    private final InstantSource clock;

    private SessionOptions(Builder builder) {
        this.idle = builder.idle;
        this.lifetime = builder.lifetime;
        this.mostOfOne = builder.mostOfOne;
        this.path = builder.path;
        this.clock = builder.clock;
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    Duration idle() {
        return idle;
    }

    Duration lifetime() {
        return lifetime;
    }

    int mostOfOne() {
        return mostOfOne;
    }

    String path() {
        return path;
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
        private Duration idle = Duration.ofHours(12);
        private Duration lifetime = Duration.ofDays(7);
        private int mostOfOne = 50;
        private String path = "/";
        private InstantSource clock = InstantSource.system();

        private Builder() {}

        /**
         * Sets after which time without a request a session ends. Default: 12 hours.
         *
         * @throws IllegalArgumentException if it is shorter than a minute
         */
        public Builder idle(Duration newIdle) {
            this.idle = checked(newIdle, "A session that is not used");
            return this;
        }

        /**
         * Sets after which time a session ends, however much it is used. Default: 7 days.
         *
         * @throws IllegalArgumentException if it is shorter than a minute
         */
        public Builder lifetime(Duration newLifetime) {
            this.lifetime = checked(newLifetime, "A session");
            return this;
        }

        private static Duration checked(Duration duration, String what) {
            if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
                throw new IllegalArgumentException(what + " lasts a minute at least, not " + duration);
            }
            return duration;
        }

        /**
         * Sets how many sessions an account may have at the same time; with one more, the one that was not used for the
         * longest time ends. Default: 50.
         *
         * @throws IllegalArgumentException if it is not from 1 to 1000
         */
        public Builder mostOfOne(int number) {
            if (number < 1 || number > 1000) {
                throw new IllegalArgumentException("An account may have from 1 to 1000 sessions, not " + number);
            }
            this.mostOfOne = number;
            return this;
        }

        /**
         * Sets the path that browsers send the cookie to: that of the pages, as browsers know it. Default: all of the host.
         *
         * @throws IllegalArgumentException if it does not begin and end with a slash, or has a character that a path in a
         *     cookie cannot have
         */
        public Builder path(String newPath) {
            if (!newPath.matches("/([A-Za-z0-9._~-]+/)*")) {
                throw new IllegalArgumentException(
                        "The path of the cookie begins and ends with a slash, unlike '" + newPath + "'");
            }
            this.path = newPath;
            return this;
        }

        /** Sets the clock. */
        public Builder clock(InstantSource newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock");
            return this;
        }

        /** Returns the options. */
        public SessionOptions build() {
            return new SessionOptions(this);
        }
    }
}

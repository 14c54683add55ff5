package dev.berth.registry.maintenance;

import dev.berth.registry.internal.store.Marks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The options of a {@link Collector}. Immutable.
 *
 * @since 0.1
 */
public final class CollectionOptions {
    /** The shortest grace period. */
    public static final Duration SHORTEST_GRACE = Marks.TRUST.multipliedBy(2);

    /** The longest grace period. */
    public static final Duration LONGEST_GRACE = Duration.ofDays(3650);

    private static final int MOST_PARALLEL = 64;

    final Duration grace;
    final InstantSource clock;
    final LongSupplier nanoTime;
    final Pause pause;
    final double callsPerSecond;
    final double bytesPerSecond;
    final Duration uploadExpiry;
    final CollectionListener listener;
    final Executor executor;
    final int parallel;

    private CollectionOptions(Builder builder) {
        this.grace = builder.grace;
        this.clock = builder.clock;
        this.nanoTime = builder.nanoTime;
        this.pause = builder.pause;
        this.callsPerSecond = builder.callsPerSecond;
        this.bytesPerSecond = builder.bytesPerSecond;
        this.uploadExpiry = builder.uploadExpiry;
        this.listener = builder.listener;
        this.executor = builder.executor;
        this.parallel = builder.parallel;
    }

    /** Returns the options with their defaults, which {@link Builder} states. */
    public static CollectionOptions defaults() {
        return builder().build();
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with these options. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.grace = grace;
        builder.clock = clock;
        builder.nanoTime = nanoTime;
        builder.pause = pause;
        builder.callsPerSecond = callsPerSecond;
        builder.bytesPerSecond = bytesPerSecond;
        builder.uploadExpiry = uploadExpiry;
        builder.listener = listener;
        builder.executor = executor;
        builder.parallel = parallel;
        return builder;
    }

    /** Returns for how long what nobody needs is kept. */
    public Duration grace() {
        return grace;
    }

    /** Returns who is told what is done. */
    public CollectionListener listener() {
        return listener;
    }

    /**
     * Lets the calling thread wait.
     *
     * @since 0.1
     */
    @FunctionalInterface
    public interface Pause {
        /** Returns after this time. */
        void sleep(Duration duration) throws InterruptedException;
    }

    /**
     * Builds options. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private Duration grace = Duration.ofHours(1);
        private InstantSource clock = InstantSource.system();
        private LongSupplier nanoTime = System::nanoTime;
        private Pause pause = duration -> Thread.sleep(duration.toMillis());
        private double callsPerSecond = Double.POSITIVE_INFINITY;
        private double bytesPerSecond = Double.POSITIVE_INFINITY;
        private Duration uploadExpiry = Duration.ofHours(24);
        private CollectionListener listener = CollectionListener.NONE;
        private Executor executor = Runnable::run;
        private int parallel = 1;

        private Builder() {}

        /**
         * Sets for how long what nobody needs is kept after that was noticed: what was pushed, mounted, or confirmed to
         * exist, within this time is not removed. An hour by default. A client must push the manifest of an image within
         * this time after it has asked for, or pushed, its blobs; later it may have to push blobs again.
         *
         * @throws IllegalArgumentException if it is shorter than a second or longer than ten years
         */
        public Builder grace(Duration newGrace) {
            if (newGrace.compareTo(SHORTEST_GRACE) < 0 || newGrace.compareTo(LONGEST_GRACE) > 0) {
                throw new IllegalArgumentException("The grace period must be between " + SHORTEST_GRACE + " and "
                        + LONGEST_GRACE + ", not " + newGrace);
            }
            this.grace = newGrace;
            return this;
        }

        /** Sets the clock by which the grace period is measured. By default that of the system. */
        public Builder clock(InstantSource newClock) {
            this.clock = Objects.requireNonNull(newClock, "clock");
            return this;
        }

        /** Sets what measures durations, in nanoseconds. {@link System#nanoTime} by default. Safety depends on it. */
        public Builder nanoTime(LongSupplier newNanoTime) {
            this.nanoTime = Objects.requireNonNull(newNanoTime, "nanoTime");
            return this;
        }

        /** Sets how a collection waits. {@link Thread#sleep} by default. */
        public Builder pause(Pause newPause) {
            this.pause = Objects.requireNonNull(newPause, "pause");
            return this;
        }

        /**
         * Sets how many calls of the store a collection makes in a second, on average. Unlimited by default.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder callsPerSecond(double limit) {
            this.callsPerSecond = positive(limit);
            return this;
        }

        /**
         * Sets how many bytes a collection removes in a second, on average. Unlimited by default.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder bytesPerSecond(double limit) {
            this.bytesPerSecond = positive(limit);
            return this;
        }

        private static double positive(double limit) {
            if (!(limit > 0)) {
                throw new IllegalArgumentException("A limit must be positive: " + limit);
            }
            return limit;
        }

        /**
         * Sets the age at which uploads that {@code registry:2} did not complete are removed. 24 hours by default. Uploads
         * of Berth are removed by {@code StorageRegistry.maintain}.
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

        /** Sets who is told what is done. Nobody by default. */
        public Builder listener(CollectionListener newListener) {
            this.listener = Objects.requireNonNull(newListener, "listener");
            return this;
        }

        /**
         * Sets who does the work on several digests at the same time. By default the calling thread does all. It waits for
         * what the executor was given.
         *
         * @param most how many digests at the same time, 1 to {@value CollectionOptions#MOST_PARALLEL}
         * @throws IllegalArgumentException if it is not one of these
         */
        public Builder executor(Executor newExecutor, int most) {
            if (most < 1 || most > MOST_PARALLEL) {
                throw new IllegalArgumentException("Work at 1 to " + MOST_PARALLEL + " digests, not " + most);
            }
            this.executor = Objects.requireNonNull(newExecutor, "executor");
            this.parallel = most;
            return this;
        }

        /** Returns the options. */
        public CollectionOptions build() {
            return new CollectionOptions(this);
        }
    }
}

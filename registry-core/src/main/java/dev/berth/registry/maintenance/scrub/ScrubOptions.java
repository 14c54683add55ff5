package dev.berth.registry.maintenance.scrub;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * The options of a {@link Scrub}. Immutable.
 *
 * @since 0.1
 */
public final class ScrubOptions {
    private final long bytesPerSecond;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Pause pause;
    private final ScrubListener listener;

    private ScrubOptions(Builder builder) {
        this.bytesPerSecond = builder.bytesPerSecond;
        this.clock = builder.clock;
        this.nanoTime = builder.nanoTime;
        this.pause = builder.pause;
        this.listener = builder.listener;
    }

    /** Returns the options with their defaults, which {@link Builder} states. */
    public static ScrubOptions defaults() {
        return builder().build();
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with these options. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.bytesPerSecond = bytesPerSecond;
        builder.clock = clock;
        builder.nanoTime = nanoTime;
        builder.pause = pause;
        builder.listener = listener;
        return builder;
    }

    long bytesPerSecond() {
        return bytesPerSecond;
    }

    InstantSource clock() {
        return clock;
    }

    LongSupplier nanoTime() {
        return nanoTime;
    }

    Pause pause() {
        return pause;
    }

    /** Returns who is told what is found. */
    public ScrubListener listener() {
        return listener;
    }

    /**
     * Lets the calling thread wait.
     *
     * @since 0.1
     */
    @FunctionalInterface
    public interface Pause {
        /** Waits for this time. */
        void sleep(Duration duration) throws InterruptedException;
    }

    /**
     * Builds options. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private long bytesPerSecond = Long.MAX_VALUE;
        private InstantSource clock = InstantSource.system();
        private LongSupplier nanoTime = System::nanoTime;
        private Pause pause = duration -> Thread.sleep(duration.toMillis());
        private ScrubListener listener = new ScrubListener() {};

        private Builder() {}

        /**
         * Sets how many bytes are read in a second, on average. A question to the store counts as 4 KiB. Unlimited by
         * default, which is {@link Long#MAX_VALUE}.
         *
         * @throws IllegalArgumentException if it is less than 64 KiB
         */
        public Builder bytesPerSecond(long newBytesPerSecond) {
            if (newBytesPerSecond < 64 * 1024) {
                throw new IllegalArgumentException("A scrub reads at least 64 KiB in a second");
            }
            this.bytesPerSecond = newBytesPerSecond;
            return this;
        }

        /** Sets the clock of reports, and of who works on a round. The clock of the system by default. */
        public Builder clock(InstantSource newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock");
            return this;
        }

        /** Sets what measures the rate, in nanoseconds. {@link System#nanoTime} by default. */
        public Builder nanoTime(LongSupplier newNanoTime) {
            this.nanoTime = Objects.requireNonNull(newNanoTime, "newNanoTime");
            return this;
        }

        /** Sets how the scrub waits, to keep the rate. {@link Thread#sleep(long)} by default. */
        public Builder pause(Pause newPause) {
            this.pause = Objects.requireNonNull(newPause, "newPause");
            return this;
        }

        /** Sets who is told what is found. Nobody by default: problems are logged. */
        public Builder listener(ScrubListener newListener) {
            this.listener = Objects.requireNonNull(newListener, "newListener");
            return this;
        }

        /** Returns the options. */
        public ScrubOptions build() {
            return new ScrubOptions(this);
        }
    }
}

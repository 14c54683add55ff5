package dev.berth.registry.maintenance.scrub;

import java.io.IOException;
import java.time.Duration;

/**
 * Keeps a rate: whoever has read something waits until that much may have been read. What was not used while a call of the
 * store took long is not made up for by more than a second's worth.
 */
final class Pace {
    /** What a question to the store counts as. */
    private static final int QUESTION = 4096;

    private static final double SECOND = 1e9;
    private static final Duration LONGEST = Duration.ofMillis(500);

    private final ScrubOptions options;
    private final Step step;

    /** The time, in nanoseconds, at which everything that was read is paid for. */
    private double paidAt;

    /** What is to be done from time to time. */
    interface Step {
        /** Fails if the run is to end. */
        void run() throws IOException;
    }

    /** @param step is called at each piece, and while the scrub waits */
    Pace(ScrubOptions options, Step step) {
        this.options = options;
        this.step = step;
        this.paidAt = options.nanoTime().getAsLong();
    }

    /** Counts one question to the store. */
    void question() throws IOException {
        read(QUESTION);
    }

    /** Counts bytes that were read. */
    void read(int bytes) throws IOException {
        step.run();
        if (options.bytesPerSecond() == Long.MAX_VALUE) {
            return;
        }
        double now = options.nanoTime().getAsLong();
        paidAt = Math.max(paidAt, now - SECOND) + bytes * SECOND / options.bytesPerSecond();
        for (double ahead = paidAt - now;
                ahead >= 1e6;
                ahead = paidAt - options.nanoTime().getAsLong()) {
            Duration wait = Duration.ofNanos((long) ahead);
            try {
                options.pause().sleep(wait.compareTo(LONGEST) < 0 ? wait : LONGEST);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoppedException(false);
            }
            step.run();
        }
    }
}

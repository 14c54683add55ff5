package dev.berth.registry.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * Waits between attempts.
 *
 * @param sleeper sleeps
 * @param random supplies numbers from 0 to 1
 */
record Backoff(Sleeper sleeper, DoubleSupplier random) {

    /** Sleeps; a test does not. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }

    static Backoff realTime() {
        return new Backoff(
                duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos()),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /** Waits for a random part of a time, at least half of it. */
    void pause(Duration longest) throws InterruptedException {
        Duration half = longest.dividedBy(2);
        sleeper.sleep(half.plusNanos((long) (random.getAsDouble() * (double) half.toNanos())));
    }
}

package dev.berth.registry.quota;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Waits between two attempts of a conditional change. Of several attempts at the same time one always succeeds, so that
 * waiting a random time is enough for every other one to have its turn.
 */
final class Backoff {
    private static final int MOST_ATTEMPTS = 200;
    private static final int LONGEST_MILLIS = 64;

    private int attempts;

    /** Waits for longer with each call, on average. */
    void next(String what) throws IOException {
        attempts++;
        if (attempts > MOST_ATTEMPTS) {
            throw new IOException("Could not change " + what + " in " + MOST_ATTEMPTS + " attempts");
        }
        int millis = Math.min(LONGEST_MILLIS, 1 << Math.min(attempts, 10));
        try {
            TimeUnit.MICROSECONDS.sleep(ThreadLocalRandom.current().nextLong(millis * 1000L) + 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException told = new InterruptedIOException("Interrupted while changing " + what);
            told.initCause(e);
            throw told;
        }
    }
}

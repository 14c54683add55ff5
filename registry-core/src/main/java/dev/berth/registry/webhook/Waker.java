package dev.berth.registry.webhook;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Waits until it is time, or somebody says that there is something to do. Thread-safe. */
final class Waker {
    private final Semaphore woken = new Semaphore(0);

    void wake() {
        if (woken.availablePermits() == 0) {
            woken.release();
        }
    }

    /** Waits at most so long. */
    void await(Duration most) throws InterruptedException {
        boolean unused = woken.tryAcquire(Math.max(0, most.toMillis()), TimeUnit.MILLISECONDS);
        woken.drainPermits();
    }
}

package dev.berth.registry.internal.pace;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Waits until it is time, or somebody says that there is something to do. Thread-safe. */
public final class Waker {
    private final Semaphore woken = new Semaphore(0);

    /** Creates one that nobody has woken. */
    public Waker() {}

    /** Ends the wait that is in progress, or the next one. */
    public void wake() {
        if (woken.availablePermits() == 0) {
            woken.release();
        }
    }

    /** Waits at most so long. */
    public void await(Duration most) throws InterruptedException {
        boolean unused = woken.tryAcquire(Math.max(0, most.toMillis()), TimeUnit.MILLISECONDS);
        woken.drainPermits();
    }
}

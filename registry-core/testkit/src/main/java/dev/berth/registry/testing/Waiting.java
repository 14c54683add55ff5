package dev.berth.registry.testing;

import dev.berth.registry.server.ExchangeAbortedException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Delays requests until the registry is closed. Thread-safe. */
final class Waiting {
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Waits for this time.
     *
     * @throws ExchangeAbortedException if the registry is closed before
     */
    void pause(Duration duration) throws IOException {
        try {
            if (closed.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
                throw ExchangeAbortedException.reset();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ExchangeAbortedException.reset();
        }
    }

    void close() {
        closed.countDown();
    }
}

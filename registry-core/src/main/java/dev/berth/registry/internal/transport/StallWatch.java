package dev.berth.registry.internal.transport;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Ends a write that stands still: Java has no time-out for writes to a socket. Only the time in which the socket takes
 * nothing counts, not the time that the source of the bytes takes.
 */
final class StallWatch {
    private final Duration limit;
    private final Runnable end;
    private final Executor later;
    private volatile long writes;
    private volatile boolean writing;
    private volatile boolean over;
    private volatile boolean stalled;

    /** @param end ends the exchange; called on a thread that must not be held up */
    StallWatch(Duration limit, Runnable end) {
        this.limit = limit;
        this.end = end;
        this.later = CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns whether the exchange was ended by this. */
    boolean stalled() {
        return stalled;
    }

    /** Begins to watch what is written to the returned stream. */
    OutputStream watch(OutputStream output) {
        checkLater(writes);
        return new FilterOutputStream(output) {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            @SuppressWarnings("NonAtomicVolatileUpdate") // written by one thread
            public void write(byte[] bytes, int offset, int length) throws IOException {
                writing = true;
                out.write(bytes, offset, length);
                writing = false;
                writes++;
            }

            @Override
            public void flush() throws IOException {
                writing = true;
                out.flush();
                writing = false;
            }
        };
    }

    /** Stops watching. */
    void stop() {
        over = true;
    }

    private void checkLater(long before) {
        later.execute(() -> {
            if (over) {
                return;
            }
            if (writing && writes == before) {
                stalled = true;
                end.run();
            } else {
                checkLater(writes);
            }
        });
    }

    @Override
    public String toString() {
        return "ends a write after " + limit;
    }
}

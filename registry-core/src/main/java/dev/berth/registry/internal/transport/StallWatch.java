package dev.berth.registry.internal.transport;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The timeout for writes, which Java's sockets do not have. Only the time during which the socket accepts nothing
 * counts, not the time that the source of the bytes takes. A blocked write is aborted sooner if a response has arrived:
 * a server that has responded may never read the rest.
 */
final class StallWatch {
    private static final Duration MAX_TICK = Duration.ofMillis(100);

    private final StallGuardedSocket socket;
    private final Duration limit;
    private final Duration tick;
    private final Executor later;
    private volatile boolean stopped;
    private volatile boolean stalled;
    private volatile boolean abortedWrites;

    private StallWatch(StallGuardedSocket socket, Duration limit) {
        this.socket = socket;
        this.limit = limit;
        this.tick = limit.compareTo(MAX_TICK) < 0 ? limit : MAX_TICK;
        this.later = CompletableFuture.delayedExecutor(Math.max(1, tick.toMillis()), TimeUnit.MILLISECONDS);
    }

    /** Starts watching the writes of one request. */
    static StallWatch start(StallGuardedSocket socket, Duration limit) {
        StallWatch watch = new StallWatch(socket, limit);
        watch.checkLater();
        return watch;
    }

    /** Returns whether a write was aborted because it exceeded the timeout. */
    boolean hasStalled() {
        return stalled;
    }

    /** Returns whether writes were aborted, for whatever reason. */
    boolean hasAbortedWrites() {
        return abortedWrites;
    }

    /** Stops watching. */
    void stop() {
        stopped = true;
    }

    private void checkLater() {
        later.execute(this::check);
    }

    private void abort() {
        abortedWrites = true;
        socket.abortWrites();
    }

    private void check() {
        if (stopped || socket.getBaseSocket().isClosed()) {
            return;
        }
        Duration writing = socket.writingFor();
        if (writing.compareTo(limit) >= 0) {
            stalled = true;
            abort();
        } else if (writing.compareTo(tick) >= 0 && socket.hasResponse()) {
            abort();
        } else {
            checkLater();
        }
    }
}

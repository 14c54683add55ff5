package dev.berth.registry.internal.transport;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Ends a write that stands still: Java has no time-out for writes to a socket. Only the time in which the socket takes
 * nothing counts, not the time that the source of the bytes takes. A write that stands still while an answer has come in
 * is ended sooner: whoever has answered may never take the rest.
 */
final class StallWatch {
    private static final Duration LONGEST_TICK = Duration.ofMillis(100);

    private final StallGuardedSocket socket;
    private final Duration limit;
    private final Duration tick;
    private final Executor later;
    private volatile boolean over;
    private volatile boolean stalled;
    private volatile boolean endedWrites;

    private StallWatch(StallGuardedSocket socket, Duration limit) {
        this.socket = socket;
        this.limit = limit;
        this.tick = limit.compareTo(LONGEST_TICK) < 0 ? limit : LONGEST_TICK;
        this.later = CompletableFuture.delayedExecutor(Math.max(1, tick.toMillis()), TimeUnit.MILLISECONDS);
    }

    /** Begins to watch over the sending of a request. */
    static StallWatch start(StallGuardedSocket socket, Duration limit) {
        StallWatch watch = new StallWatch(socket, limit);
        watch.lookLater();
        return watch;
    }

    /** Returns whether a write was ended since it has stood still for too long. */
    boolean hasStalled() {
        return stalled;
    }

    /** Returns whether nothing can be written any more, for whatever reason. */
    boolean hasEndedWrites() {
        return endedWrites;
    }

    /** Stops watching. */
    void stop() {
        over = true;
    }

    private void lookLater() {
        later.execute(this::look);
    }

    private void end() {
        endedWrites = true;
        socket.endWrites();
    }

    private void look() {
        if (over || socket.getBaseSocket().isClosed()) {
            return;
        }
        Duration writing = socket.writingFor();
        if (writing.compareTo(limit) >= 0) {
            stalled = true;
            end();
        } else if (writing.compareTo(tick) >= 0 && socket.showsAnswer()) {
            end();
        } else {
            lookLater();
        }
    }
}

package dev.berth.registry.server.http1;

import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * The phase of a connection, and the time that it may take; checked by the {@link Watchdog}. A phase has a deadline,
 * but an exchange has a budget instead: waiting for the client uses it up, every transferred byte adds to it. So a
 * client is disconnected that is below the minimum rate for longer than the grace, but not one that waits for a slow
 * storage, and not one that pauses for a moment. Writing needs this most, since sockets have no timeout for it.
 *
 * <p>{@link #expired} and the methods that close are called by any thread, all others by the connection's thread.
 */
final class ConnectionTimer {
    private enum Phase {
        /** Connected, TLS handshake. No byte of a request has arrived. */
        OPENING,
        /** Waits for the first byte of the next request. */
        IDLE,
        /** Reads a request line and headers. */
        HEADERS,
        /** Handles a request. */
        EXCHANGE,
        /** The last response is sent. Reads what the client still sends, so that it receives the response. */
        LINGERING,
        /** Closed, or about to be. */
        CLOSED
    }

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.OPENING);
    private final LongSupplier nanoTime;
    private final long headerTimeout;
    private final long idleTimeout;
    private final long grace;
    private final double nanosPerByte;

    private volatile long deadline;
    /** When the connection began to wait for a request, or to linger. */
    private volatile long waitsSince;

    /** When the current transfer began; 0 if there is none. Written after the budget, which is then visible. */
    private volatile long waitingSince;

    private volatile long budget;

    ConnectionTimer(Http1Limits limits, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.headerTimeout = nanos(limits.headerTimeout());
        this.idleTimeout = nanos(limits.idleTimeout());
        this.grace = nanos(limits.slowTransferGrace());
        this.nanosPerByte = 1e9 / limits.minBytesPerSecond();
        this.budget = grace;
        this.waitsSince = nanoTime.getAsLong();
        this.deadline = waitsSince + headerTimeout;
    }

    private static long nanos(Duration duration) {
        return duration.toNanos();
    }

    /**
     * Starts to wait for the next request, within the idle timeout.
     *
     * @param begun whether bytes of it have been read already
     */
    void awaitRequest(boolean begun) throws SocketException {
        waitsSince = nanoTime.getAsLong();
        deadline = waitsSince + (begun ? headerTimeout : idleTimeout);
        enter(begun ? Phase.HEADERS : Phase.IDLE);
    }

    /** Bytes of a request have arrived. Does nothing unless they are the first ones. */
    void requestBytesArrived() throws SocketException {
        Phase current = phase.get();
        if (current == Phase.IDLE) {
            deadline = nanoTime.getAsLong() + headerTimeout;
        }
        if (current == Phase.IDLE || current == Phase.OPENING) {
            enter(Phase.HEADERS);
        }
    }

    /** The header of a request is complete. */
    void beginExchange() throws SocketException {
        budget = grace;
        enter(Phase.EXCHANGE);
    }

    /** The last response has been sent; the client may continue to send for this time. */
    void linger(Duration atMost) throws SocketException {
        long now = nanoTime.getAsLong();
        if (phase.get() != Phase.LINGERING) {
            waitsSince = now;
        }
        deadline = now + nanos(atMost);
        enter(Phase.LINGERING);
    }

    /** Returns whether the client may close the connection now. */
    boolean isBetweenRequests() {
        Phase current = phase.get();
        return current == Phase.OPENING || current == Phase.IDLE || current == Phase.LINGERING;
    }

    private void enter(Phase next) throws SocketException {
        Phase before = phase.getAndUpdate(current -> current == Phase.CLOSED ? current : next);
        if (before == Phase.CLOSED) {
            throw new SocketException("The server has closed this connection");
        }
    }

    /** Called before bytes are read or written. */
    void beginTransfer() {
        long now = nanoTime.getAsLong();
        waitingSince = now == 0 ? 1 : now;
    }

    /** Called after bytes were read or written. */
    void endTransfer(int bytes) {
        long spent = nanoTime.getAsLong() - waitingSince;
        budget = Math.min(grace, budget - spent + (long) (Math.max(0, bytes) * nanosPerByte));
        waitingSince = 0;
    }

    /** Called after bytes were read or written without waiting. */
    void transferred(int bytes) {
        long current = budget;
        if (current < grace) {
            budget = Math.min(grace, current + (long) (bytes * nanosPerByte));
        }
    }

    /** Returns whether the client has used up its time. */
    boolean expired() {
        long now = nanoTime.getAsLong();
        if (phase.get() != Phase.EXCHANGE) {
            return now - deadline > 0;
        }
        long since = waitingSince;
        return budget - (since == 0 ? 0 : now - since) < 0;
    }

    boolean isLingering() {
        return phase.get() == Phase.LINGERING;
    }

    /** Returns whether no request is lost if the connection ends now. */
    boolean isDispensable() {
        Phase current = phase.get();
        return current == Phase.IDLE || current == Phase.OPENING || current == Phase.LINGERING;
    }

    /**
     * Returns for how long the connection has been dispensable, in nanoseconds. One that lingers counts as the newest:
     * its client may not have the response yet.
     */
    long nanosDispensable() {
        return phase.get() == Phase.LINGERING ? 0 : nanoTime.getAsLong() - waitsSince;
    }

    /** Marks the connection as closed if it is dispensable, and returns whether that was so. */
    boolean closeIfDispensable() {
        return closeIfIdle() || phase.compareAndSet(Phase.LINGERING, Phase.CLOSED);
    }

    /** Marks the connection as closed if no exchange is in progress, and returns whether that was so. */
    boolean closeIfIdle() {
        return phase.compareAndSet(Phase.IDLE, Phase.CLOSED) || phase.compareAndSet(Phase.OPENING, Phase.CLOSED);
    }

    /** Marks the connection as closed, and returns whether an exchange was in progress. */
    boolean closeAndTellIfBusy() {
        return phase.getAndSet(Phase.CLOSED) == Phase.EXCHANGE;
    }

    /** Marks the connection as closed. */
    void close() {
        phase.set(Phase.CLOSED);
    }
}

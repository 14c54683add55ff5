package dev.berth.registry.server.http1;

import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * What the {@link Watchdog} knows of a connection: in which phase it is, and how long it may stay there. A phase has
 * either a deadline or, while bodies are transferred, a budget: waiting for the client uses it up, every byte that is
 * moved earns some back. So a client is cut off that is slower than the minimum rate for longer than the grace, but none
 * for which the storage is slow, and none that pauses for a moment. This matters most for writing, for which sockets
 * have no time-out.
 *
 * <p>The connection's thread calls everything but {@link #expired} and {@link #closeIfIdle}.
 */
final class ConnectionTimer {
    private enum Phase {
        /** Connected, TLS handshake. Nothing of a request was seen. */
        OPENING,
        /** Waits for the first byte of the next request. */
        IDLE,
        /** Reads a request line and headers. */
        HEADERS,
        /** Handles a request. */
        EXCHANGE,
        /** Everything was said; reads what the client still sends, so that it gets to see the response. */
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
    /** When the transfer under way began; 0 if there is none. Written last, so that the budget is seen with it. */
    private volatile long waitingSince;

    private volatile long budget;

    ConnectionTimer(Http1Limits limits, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.headerTimeout = nanos(limits.headerTimeout());
        this.idleTimeout = nanos(limits.idleTimeout());
        this.grace = nanos(limits.slowTransferGrace());
        this.nanosPerByte = 1e9 / limits.minBytesPerSecond();
        this.budget = grace;
        this.deadline = nanoTime.getAsLong() + headerTimeout;
    }

    private static long nanos(Duration duration) {
        return duration.toNanos();
    }

    /** The next request may come when it likes, within the idle time-out. */
    void awaitRequest() throws SocketException {
        deadline = nanoTime.getAsLong() + idleTimeout;
        enter(Phase.IDLE);
    }

    /** Bytes of a request have arrived. Does nothing if they are not the first ones. */
    void requestBytesArrived() throws SocketException {
        Phase current = phase.get();
        if (current == Phase.IDLE) {
            deadline = nanoTime.getAsLong() + headerTimeout;
        }
        if (current == Phase.IDLE || current == Phase.OPENING) {
            enter(Phase.HEADERS);
        }
    }

    /** The headers are complete. */
    void beginExchange() throws SocketException {
        budget = grace;
        enter(Phase.EXCHANGE);
    }

    /** The response is sent; the client may go on sending for a moment. */
    void linger(Duration atMost) throws SocketException {
        deadline = nanoTime.getAsLong() + nanos(atMost);
        enter(Phase.LINGERING);
    }

    /** Returns whether the client has the right to hang up now. */
    boolean isBetweenRequests() {
        Phase current = phase.get();
        return current == Phase.OPENING || current == Phase.IDLE || current == Phase.LINGERING;
    }

    /** Returns whether request line or headers are being read. */
    boolean isReadingHeaders() {
        return phase.get() == Phase.HEADERS;
    }

    private void enter(Phase next) throws SocketException {
        Phase before = phase.getAndUpdate(current -> current == Phase.CLOSED ? current : next);
        if (before == Phase.CLOSED) {
            throw new SocketException("The server has closed this connection");
        }
    }

    /** Bytes are about to be read or written, which may take a while. */
    void beginTransfer() {
        long now = nanoTime.getAsLong();
        waitingSince = now == 0 ? 1 : now;
    }

    /** So many bytes were read or written. */
    void endTransfer(int bytes) {
        long spent = nanoTime.getAsLong() - waitingSince;
        budget = Math.min(grace, budget - spent + (long) (Math.max(0, bytes) * nanosPerByte));
        waitingSince = 0;
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

    /** Ends a connection that is not answering a request, and returns whether it was. */
    boolean closeIfIdle() {
        return phase.compareAndSet(Phase.IDLE, Phase.CLOSED) || phase.compareAndSet(Phase.OPENING, Phase.CLOSED);
    }

    /** Marks the connection as closed, and returns whether a request was being answered. */
    boolean closeAndTellIfBusy() {
        return phase.getAndSet(Phase.CLOSED) == Phase.EXCHANGE;
    }

    /** Marks the connection as closed. */
    void close() {
        phase.set(Phase.CLOSED);
    }
}

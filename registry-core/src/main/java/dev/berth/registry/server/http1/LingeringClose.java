package dev.berth.registry.server.http1;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Ends a connection whose client may still be sending (RFC 9112, section 9.6). If the socket were closed at once, data
 * that arrives later would cause a reset, which may overtake the response: many clients read only when they have sent
 * everything. So the output is ended, and what still comes is discarded, within limits.
 */
final class LingeringClose {
    /** More than anything that is refused for its size needs, but no whole layer. */
    static final long MOST_BYTES = 64 * 1024 * 1024;

    private static final Duration LONGEST = Duration.ofSeconds(30);
    /** A client that is silent for so long has sent everything. */
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private static final Duration WHILE_STOPPING = Duration.ofSeconds(1);

    private final Transport transport;
    private final ConnectionTimer timer;
    private final LongSupplier nanoTime;

    LingeringClose(Transport transport, ConnectionTimer timer, LongSupplier nanoTime) {
        this.transport = transport;
        this.timer = timer;
        this.nanoTime = nanoTime;
    }

    /** Ends the output, and reads until the client has ended its side or a limit is reached. */
    void await(BooleanSupplier stopping) throws IOException {
        timer.linger(SILENCE);
        transport.shutdownOutput();
        byte[] scratch = new byte[4 * 1024];
        long began = nanoTime.getAsLong();
        long left = MOST_BYTES;
        while (left > 0) {
            Duration spent = Duration.ofNanos(nanoTime.getAsLong() - began);
            Duration time = (stopping.getAsBoolean() ? WHILE_STOPPING : LONGEST).minus(spent);
            if (time.isNegative()) {
                return;
            }
            timer.linger(time.compareTo(SILENCE) < 0 ? time : SILENCE);
            int read = transport.read(scratch, 0, scratch.length);
            if (read < 0) {
                return;
            }
            left -= read;
        }
    }
}

package dev.berth.registry.internal.transport;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens the sockets of one transport. Cancelling a request ends the connection that is being made, and HttpClient then
 * tries the next address of the host: not when the time of the request is over. Thread-safe.
 */
final class NewSockets {
    /** Connections are made by the thread of the exchange. */
    private final Map<Thread, Deadline> deadlines = new ConcurrentHashMap<>();

    /** Lets this thread open sockets until the deadline has passed. */
    void permitUntil(Deadline deadline) {
        deadlines.put(Thread.currentThread(), deadline);
    }

    /** Ends {@link #permitUntil}. */
    void permitAlways() {
        deadlines.remove(Thread.currentThread());
    }

    Socket open() throws IOException {
        Deadline until = deadlines.get(Thread.currentThread());
        if (until != null && until.hasPassed()) {
            throw new SocketTimeoutException("The time of the request is over");
        }
        return SocketChannel.open().socket();
    }
}

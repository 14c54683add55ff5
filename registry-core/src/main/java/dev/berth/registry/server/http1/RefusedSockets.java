package dev.berth.registry.server.http1;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sockets of clients that were refused. They stay open for a short time, and what their clients send is discarded:
 * closing them at once, with the request unread, would cause a reset, and the response would be lost. Thread-safe.
 */
final class RefusedSockets {
    private static final Logger log = LoggerFactory.getLogger(Listener.class);
    private static final int MOST = 256;
    private static final long KEPT = TimeUnit.SECONDS.toNanos(2);
    /** How much is read from all of them at a time. */
    private static final int DRAINED_BYTES = 16 * 1024 * 1024;

    private record Refused(Socket socket, long until) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Refused> sockets = new ArrayDeque<>();
    private final LongSupplier nanoTime;

    RefusedSockets(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Sends the response, which fits into the socket's empty buffer, and closes the socket soon. */
    void refuse(Socket socket, byte[] response) {
        Refused displaced = null;
        try {
            if (response.length > 0) {
                socket.getOutputStream().write(response);
                socket.shutdownOutput();
            }
        } catch (IOException e) {
            log.debug("A client that was refused has disconnected: {}", e.toString());
        }
        lock.lock();
        try {
            sockets.addLast(new Refused(socket, nanoTime.getAsLong() + KEPT));
            if (sockets.size() > MOST) {
                displaced = sockets.removeFirst();
            }
        } finally {
            lock.unlock();
        }
        if (displaced != null) {
            close(displaced.socket);
        }
    }

    /** Discards what has arrived, without waiting for more, and closes expired sockets. */
    void drainAndCloseExpired() {
        drain();
        closeUntil(nanoTime.getAsLong(), false);
    }

    private void drain() {
        List<Refused> open;
        lock.lock();
        try {
            if (sockets.isEmpty()) {
                return;
            }
            open = List.copyOf(sockets);
        } finally {
            lock.unlock();
        }
        byte[] scratch = new byte[16 * 1024];
        int left = DRAINED_BYTES;
        for (Refused refused : open) {
            try {
                InputStream input = refused.socket.getInputStream();
                while (left > 0 && input.available() > 0) {
                    left -= input.read(scratch);
                }
            } catch (IOException e) {
                log.trace("A client that was refused has disconnected", e);
            }
        }
    }

    /** Closes all. */
    void closeAll() {
        closeUntil(0, true);
    }

    private void closeUntil(long now, boolean all) {
        lock.lock();
        try {
            while (!sockets.isEmpty() && (all || now - sockets.peekFirst().until >= 0)) {
                close(sockets.removeFirst().socket);
            }
        } finally {
            lock.unlock();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("A socket could not be closed", e);
        }
    }
}

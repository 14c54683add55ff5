package dev.berth.registry.server.http1;

import dev.berth.registry.internal.wire.ClientNetwork;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The connections that are open, within limits. Thread-safe. */
final class Connections {
    /** How many connections are asked to make room: each that cannot has begun a request just now. */
    private static final int MOST_ATTEMPTS = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition noneLeft = lock.newCondition();
    /** Each with what stands for its client. */
    private final Map<Connection, Object> open = new HashMap<>();

    private final AddressCounts counts = new AddressCounts();
    private final int most;
    private final int mostPerAddress;
    private boolean closing;

    Connections(int most, int mostPerAddress) {
        this.most = most;
        this.mostPerAddress = mostPerAddress;
    }

    /**
     * Adds a connection, or returns false if there is no room. Where a limit is reached, the connection makes room that
     * has waited longest for a request.
     */
    boolean add(Connection connection) {
        Object client = ClientNetwork.of(connection.client().getAddress());
        lock.lock();
        try {
            boolean room = !closing
                    && (counts.count(client) < mostPerAddress || end(other -> client.equals(open.get(other))))
                    && (open.size() < most || end(other -> true));
            if (room) {
                open.put(connection, client);
                counts.add(client);
            }
            return room;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the connection that has waited longest for a request, if there is one. */
    void endLongestWaiting() {
        lock.lock();
        try {
            end(connection -> true);
        } finally {
            lock.unlock();
        }
    }

    private boolean end(Predicate<Connection> candidate) {
        Set<Connection> tried = new HashSet<>();
        while (tried.size() < MOST_ATTEMPTS) {
            @Nullable Connection longest =
                    longestWaiting(connection -> candidate.test(connection) && !tried.contains(connection));
            if (longest == null) {
                return false;
            }
            if (longest.cutIfDispensable()) {
                forget(longest);
                return true;
            }
            // A request has begun or arrived in the meantime.
            tried.add(longest);
        }
        return false;
    }

    private @Nullable Connection longestWaiting(Predicate<Connection> candidate) {
        Connection longest = null;
        long most = -1;
        for (Connection connection : open.keySet()) {
            ConnectionTimer timer = connection.timer();
            if (timer.isDispensable() && timer.nanosDispensable() > most && candidate.test(connection)) {
                longest = connection;
                most = timer.nanosDispensable();
            }
        }
        return longest;
    }

    void remove(Connection connection) {
        lock.lock();
        try {
            forget(connection);
            if (open.isEmpty()) {
                noneLeft.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void forget(Connection connection) {
        Object client = open.remove(connection);
        if (client != null) {
            counts.remove(client);
        }
    }

    /** Accepts no more connections from now on, and returns those that are open. */
    List<Connection> close() {
        lock.lock();
        try {
            closing = true;
            return List.copyOf(open.keySet());
        } finally {
            lock.unlock();
        }
    }

    List<Connection> snapshot() {
        lock.lock();
        try {
            return List.copyOf(open.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no connection is open, and returns false on a timeout. */
    boolean awaitNone(long nanos) throws InterruptedException {
        long left = nanos;
        lock.lock();
        try {
            while (!open.isEmpty()) {
                if (left <= 0) {
                    return false;
                }
                left = noneLeft.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}

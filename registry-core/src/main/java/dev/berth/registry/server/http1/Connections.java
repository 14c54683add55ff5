package dev.berth.registry.server.http1;

import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** The connections that are open, within limits. Thread-safe. */
final class Connections {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition noneLeft = lock.newCondition();
    /** Each with what stands for its client. */
    private final Map<Connection, Object> open = new IdentityHashMap<>();

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
        Object client = AddressCounts.client(connection.client().getAddress());
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
        record Waiting(Connection connection, long nanos) {}

        // Sorted by a copy of the times, which go on.
        List<Waiting> waiting = open.keySet().stream()
                .filter(connection -> connection.timer().isDispensable() && candidate.test(connection))
                .map(connection -> new Waiting(connection, connection.timer().nanosDispensable()))
                .sorted(Comparator.comparingLong(Waiting::nanos).reversed())
                .toList();
        for (Waiting longest : waiting) {
            // A request may have begun in the meantime.
            if (longest.connection.cutIfDispensable()) {
                forget(longest.connection);
                return true;
            }
        }
        return false;
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

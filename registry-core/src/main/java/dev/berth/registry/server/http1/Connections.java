package dev.berth.registry.server.http1;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The connections that are open. Thread-safe. */
final class Connections {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition noneLeft = lock.newCondition();
    private final Set<Connection> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private final int most;
    private boolean closing;

    Connections(int most) {
        this.most = most;
    }

    /** Adds a connection, or returns false if the limit is reached. */
    boolean add(Connection connection) {
        lock.lock();
        try {
            return !closing && open.size() < most && open.add(connection);
        } finally {
            lock.unlock();
        }
    }

    void remove(Connection connection) {
        lock.lock();
        try {
            open.remove(connection);
            if (open.isEmpty()) {
                noneLeft.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Accepts no more connections from now on, and returns those that are open. */
    List<Connection> close() {
        lock.lock();
        try {
            closing = true;
            return List.copyOf(open);
        } finally {
            lock.unlock();
        }
    }

    List<Connection> snapshot() {
        lock.lock();
        try {
            return List.copyOf(open);
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

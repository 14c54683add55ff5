package dev.berth.registry.storage.fs;

import java.io.IOException;
import java.util.concurrent.locks.StampedLock;

/**
 * Admits calls until the store is closed. Closing waits for the changes in progress, so that nothing changes any more
 * when the lock file is released and another process may open the directory.
 *
 * <p>A call that changes something needs the directory for itself, see {@link Ownership}.
 *
 * <p>Not reentrant.
 */
final class LifecycleLock {
    private final StampedLock lock = new StampedLock();
    private final String store;
    private final Ownership ownership;
    private volatile boolean closed;

    LifecycleLock(String store, Ownership ownership) {
        this.store = store;
        this.ownership = ownership;
    }

    /** Admits a call that changes something. The returned stamp is passed to {@link #leave}. */
    long enter() throws IOException {
        long stamp = lock.readLock();
        if (closed) {
            lock.unlockRead(stamp);
            throw closedStore();
        }
        try {
            ownership.require();
        } catch (IOException | RuntimeException e) {
            lock.unlockRead(stamp);
            throw e;
        }
        return stamp;
    }

    void leave(long stamp) {
        lock.unlockRead(stamp);
    }

    /** Checks that the store is open, for a call that only reads. */
    void check() throws IOException {
        if (closed) {
            throw closedStore();
        }
    }

    /** Closes the store after the changes in progress, and returns whether it was open. */
    boolean close() {
        long stamp = lock.writeLock();
        try {
            boolean wasOpen = !closed;
            closed = true;
            return wasOpen;
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    private IOException closedStore() {
        return new IOException("The store " + store + " is closed");
    }
}

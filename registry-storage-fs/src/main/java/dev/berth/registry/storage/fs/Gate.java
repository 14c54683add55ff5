package dev.berth.registry.storage.fs;

import java.io.IOException;
import java.util.concurrent.locks.StampedLock;

/**
 * Lets calls through until the store is closed. Closing waits for the calls that are inside, so that nothing is changed
 * any more when the lock file is given back and another process may have the directory.
 *
 * <p>Not reentrant: nobody enters who is inside.
 */
final class Gate {
    private final StampedLock lock = new StampedLock();
    private final String store;
    private volatile boolean closed;

    Gate(String store) {
        this.store = store;
    }

    /** Lets a call in that changes something; what is returned goes to {@link #leave}. */
    long enter() throws IOException {
        long pass = lock.readLock();
        if (closed) {
            lock.unlockRead(pass);
            throw closedStore();
        }
        return pass;
    }

    void leave(long pass) {
        lock.unlockRead(pass);
    }

    /** Lets a call pass that only reads. */
    void check() throws IOException {
        if (closed) {
            throw closedStore();
        }
    }

    /** Returns whether it was open. */
    boolean close() {
        long pass = lock.writeLock();
        try {
            boolean wasOpen = !closed;
            closed = true;
            return wasOpen;
        } finally {
            lock.unlockWrite(pass);
        }
    }

    private IOException closedStore() {
        return new IOException("The store " + store + " is closed");
    }
}

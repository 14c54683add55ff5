package dev.berth.registry.quota;

import dev.berth.registry.RepositoryName;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** What this node has reserved for an upload: for each byte that is stored, or is about to be. Thread-safe. */
final class UploadHold {
    private final ReentrantLock lock = new ReentrantLock();
    private final Reservation reservation;
    private boolean exact;
    private int users;
    private long lastUse;

    /**
     * Creates one.
     *
     * @param exact whether nothing is stored yet; otherwise it must be asked how much
     */
    UploadHold(Reservation reservation, boolean exact, long now) {
        this.reservation = reservation;
        this.exact = exact;
        this.lastUse = now;
    }

    RepositoryName repository() {
        return reservation.repository();
    }

    void enter() {
        locked(() -> users++);
    }

    void leave(long now) {
        locked(() -> {
            users--;
            lastUse = now;
        });
    }

    boolean idle(long now, long nanos) {
        lock.lock();
        try {
            return users == 0 && now - lastUse >= nanos;
        } finally {
            lock.unlock();
        }
    }

    /** Reserves what other nodes have stored, or what is not known of a request that has failed. */
    void makeExact(LongSupplier offset, Take take) {
        lock.lock();
        try {
            if (!exact) {
                ensure(offset.getAsLong(), take);
                exact = true;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Reserves what is missing of so many bytes. */
    void ensure(long bytes, Take take) {
        locked(() -> {
            if (bytes > reservation.bytes()) {
                take.from(reservation, bytes - reservation.bytes());
            }
        });
    }

    /** Reserves more bytes, and tells the listener. */
    void add(long bytes, Take take, LongConsumer taken) {
        locked(() -> {
            take.from(reservation, bytes);
            taken.accept(bytes);
        });
    }

    /** Takes bytes out of a reservation, or throws. */
    interface Take {
        void from(Reservation reservation, long bytes);
    }

    /** Gives back what a request has reserved that has failed. How much of it was stored is not known. */
    void failed(long bytes) {
        locked(() -> {
            reservation.release(new Amount(Math.min(bytes, reservation.bytes()), 0));
            exact = false;
        });
    }

    void releaseAll() {
        locked(reservation::releaseAll);
    }

    void spend(Activity activity) {
        locked(() -> reservation.spend(activity));
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }
}

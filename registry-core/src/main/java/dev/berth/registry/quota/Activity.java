package dev.berth.registry.quota;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.storage.ObjectVersion;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What this node has changed in a repository, and has not yet counted. Thread-safe. */
final class Activity {
    final RepositoryName repository;

    /** Held while what has changed is counted. */
    final ReentrantLock settling = new ReentrantLock();

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Item, Touch> touched = new HashMap<>();
    private int users;
    private Map<Allowance, Amount> spent = new HashMap<>();
    private boolean whole;
    private long lastUse;
    private @Nullable Baseline baseline;

    Activity(RepositoryName repository, long now) {
        this.repository = repository;
        this.lastUse = now;
    }

    /** The version of the ledger on which this node builds; empty if there was no ledger. */
    private record Baseline(Optional<ObjectVersion> version) {}

    /** A blob or manifest that is changed, or was. */
    private static final class Touch {
        private int running;
        private boolean look;
        private OptionalLong size = OptionalLong.empty();
    }

    /**
     * What has changed.
     *
     * @param sizes the size of each item, or empty if it must be looked at
     * @param spent what was reserved for them; what has been given back is removed from it
     * @param whole whether everything must be looked at
     */
    record Changes(Map<Item, OptionalLong> sizes, Map<Allowance, Amount> spent, boolean whole) {
        boolean isEmpty() {
            return sizes.isEmpty() && !whole && spent.isEmpty();
        }
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

    void begin(Item item) {
        locked(() -> {
            Touch touch = touched.computeIfAbsent(item, any -> new Touch());
            // Two at the same time: nobody knows which one was last.
            touch.look |= touch.running > 0;
            touch.running++;
        });
    }

    /** Notes that a change is over, after which the repository shows an item of this size; or empty if that is unknown. */
    void end(Item item, OptionalLong size) {
        locked(() -> {
            Touch touch = touched.computeIfAbsent(item, any -> new Touch());
            touch.running--;
            touch.look |= size.isEmpty();
            touch.size = size;
        });
    }

    /** Notes an item that something else has changed. */
    void look(Item item) {
        locked(() -> touched.computeIfAbsent(item, any -> new Touch()).look = true);
    }

    /** Notes that anything may have changed. */
    void lookAtAll() {
        locked(() -> whole = true);
    }

    void spend(Allowance allowance, Amount amount) {
        if (!amount.equals(Amount.NONE)) {
            locked(() -> spent.merge(allowance, amount, Amount::plus));
        }
    }

    /** Takes what has changed and is over. */
    Changes take() {
        lock.lock();
        try {
            Map<Item, OptionalLong> sizes = new HashMap<>();
            for (Iterator<Map.Entry<Item, Touch>> all = touched.entrySet().iterator(); all.hasNext(); ) {
                Map.Entry<Item, Touch> next = all.next();
                Touch touch = next.getValue();
                if (touch.running == 0) {
                    sizes.put(next.getKey(), touch.look ? OptionalLong.empty() : touch.size);
                    all.remove();
                }
            }
            Changes changes = new Changes(sizes, spent, whole);
            spent = new HashMap<>();
            whole = false;
            return changes;
        } finally {
            lock.unlock();
        }
    }

    /** Takes back what could not be counted. */
    void putBack(Changes changes) {
        locked(() -> {
            changes.sizes().keySet().forEach(item -> touched.computeIfAbsent(item, any -> new Touch()).look = true);
            changes.spent().forEach((allowance, amount) -> spent.merge(allowance, amount, Amount::plus));
            whole |= changes.whole();
        });
    }

    /** Returns whether this node changes the repository, or has done so after this time. */
    boolean active(long since) {
        lock.lock();
        try {
            return users > 0 || !touched.isEmpty() || whole || !spent.isEmpty() || lastUse - since > 0;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return touched.size();
        } finally {
            lock.unlock();
        }
    }

    boolean hasBaseline() {
        lock.lock();
        try {
            return baseline != null;
        } finally {
            lock.unlock();
        }
    }

    /** Sets the version of the ledger before this node has changed anything, unless one is known. */
    void baseline(Optional<ObjectVersion> version) {
        locked(() -> baseline = baseline == null ? new Baseline(version) : baseline);
    }

    /** Sets the version of the ledger that this node has written. */
    void counted(Optional<ObjectVersion> version) {
        locked(() -> baseline = new Baseline(version));
    }

    /** Returns whether no other node has counted anything since. */
    boolean alone(Optional<ObjectVersion> version) {
        lock.lock();
        try {
            return new Baseline(version).equals(baseline);
        } finally {
            lock.unlock();
        }
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

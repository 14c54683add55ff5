package dev.berth.registry.quota;

import dev.berth.registry.RepositoryName;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * What this node may use of a limit. It takes more than it needs from the shared counter while much is left, and spends that
 * without asking; the less is left, the less it takes. Thread-safe.
 */
final class Allowance {
    /** A node takes a 32nd of what is left, so that what idle nodes have is never in the way of others by much. */
    private static final int SHARE = 5;

    private static final Amount LARGEST_STEP = new Amount(1L << 30, 64);

    private static final long UNLIMITED = Long.MAX_VALUE / 4;

    private final QuotaLimit limit;
    private final QuotaStore store;
    private final NodeLease lease;

    private final ReentrantLock lock = new ReentrantLock();
    private Amount held = Amount.NONE;
    private Amount granted = Amount.NONE;
    private String grantedTo = "";
    private boolean usedLately;

    /** Whether the counter may have been changed without an answer. */
    private boolean uncertain;

    /** Held while the counter is read or changed. */
    private final ReentrantLock changing = new ReentrantLock();

    private final SharedCounter counter;

    Allowance(QuotaLimit limit, QuotaStore store, NodeLease lease) {
        this.limit = limit;
        this.counter = new SharedCounter(limit.repositories(), store, this::noteGranted, this::noteUncertain);
        this.store = store;
        this.lease = lease;
    }

    QuotaLimit limit() {
        return limit;
    }

    boolean covers(RepositoryName repository) {
        return limit.repositories().matches(repository);
    }

    /** Returns whether the node holds something of it, which others must not see unclaimed. */
    boolean inUse() {
        lock.lock();
        try {
            return uncertain || !held.equals(Amount.NONE) || !granted.equals(Amount.NONE);
        } finally {
            lock.unlock();
        }
    }

    /** Takes an amount, and returns empty; or takes nothing and returns the counter that leaves no room for it. */
    Optional<Counter> take(Amount wanted) throws IOException {
        Amount amount = limited(wanted);
        if (fromGranted(amount)) {
            return Optional.empty();
        }
        changing.lock();
        try {
            while (!fromGranted(amount)) {
                if (!counter.change(next -> enlarge(next, amount))) {
                    return Optional.of(counter.known());
                }
            }
            return Optional.empty();
        } finally {
            changing.unlock();
        }
    }

    private boolean fromGranted(Amount amount) {
        lock.lock();
        try {
            usedLately = true;
            if (!grantedTo.equals(lease.id())) {
                // Others have taken this node for dead, and what was set aside for it.
                granted = Amount.NONE;
            }
            if (!held.plus(amount).fitsInto(granted)) {
                return amount.equals(Amount.NONE);
            }
            held = held.plus(amount);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean enlarge(Counter next, Amount amount) {
        Amount mine = next.grant(lease.id());
        Amount missing = held().plus(amount).minus(mine).positive();
        Amount room = room(next);
        if (!missing.fitsInto(room)) {
            return false;
        }
        next.grant(lease.id(), mine.plus(missing).plus(step(room.minus(missing))));
        return true;
    }

    /** Returns what is neither used nor set aside. */
    private Amount room(Counter at) {
        return all().minus(at.use()).minus(at.granted());
    }

    private Amount all() {
        return new Amount(limit.bytes().orElse(UNLIMITED), limit.count().orElse(UNLIMITED));
    }

    private Amount step(Amount room) {
        return limited(room.positive().half(SHARE).least(LARGEST_STEP));
    }

    /** Gives back an amount that was taken and is not needed. */
    void release(Amount wanted) {
        lock.lock();
        try {
            held = held.minus(limited(wanted));
        } finally {
            lock.unlock();
        }
    }

    /** Counts a table, and gives back what was taken for it, at the same instant. */
    void settle(int table, UseTable rows, Amount wanted) throws IOException {
        Amount spent = limited(wanted);
        changing.lock();
        try {
            boolean unused = counter.change(next -> {
                Amount mine = next.grant(lease.id());
                boolean changed = next.set(table, rows, limit.repositories());
                // If this was done before and the answer was lost, what is still held must remain covered.
                Amount covering = held().minus(spent).least(mine);
                next.grant(lease.id(), mine.minus(spent).most(covering).positive());
                return changed || !spent.equals(Amount.NONE);
            });
            lock.lock();
            try {
                held = held.minus(spent);
            } finally {
                lock.unlock();
            }
        } finally {
            changing.unlock();
        }
    }

    /** Gives back what this node has set aside and nobody uses; most of it if it was used since the last call. */
    void giveBack(boolean everything) throws IOException {
        boolean idle;
        lock.lock();
        try {
            idle = everything || !usedLately;
            usedLately = false;
            if (granted.equals(Amount.NONE) && !uncertain) {
                return;
            }
        } finally {
            lock.unlock();
        }
        changing.lock();
        try {
            boolean unused = counter.change(next -> {
                Amount mine = next.grant(lease.id());
                Amount spare = mine.minus(held()).positive();
                Amount kept = idle ? Amount.NONE : step(room(next).plus(spare)).least(spare);
                next.grant(lease.id(), mine.minus(spare).plus(kept));
                return !spare.equals(kept);
            });
        } finally {
            changing.unlock();
        }
    }

    /** Removes what nodes have set aside that are no more. */
    void dropGrants(Predicate<String> gone) throws IOException {
        changing.lock();
        try {
            counter.forget();
            boolean unused = counter.change(next -> {
                boolean any = false;
                for (String node : next.nodes()) {
                    if (gone.test(node)) {
                        next.grant(node, Amount.NONE);
                        any = true;
                    }
                }
                return any;
            });
        } finally {
            changing.unlock();
        }
    }

    /** Brings the sums of all tables up to date. */
    void refresh() throws IOException {
        for (int table = 0; table < QuotaKeys.TABLES; table++) {
            settle(table, UseTable.parse(store.read(QuotaKeys.table(table)).lines()), Amount.NONE);
        }
    }

    /** Returns the counter as it is now. */
    Counter read() throws IOException {
        changing.lock();
        try {
            counter.forget();
            boolean unused = counter.change(next -> false);
            return counter.known();
        } finally {
            changing.unlock();
        }
    }

    /** Returns the counter as it is now, and stores it if it is new: until then each look at it reads all tables. */
    Counter readOrAdd() throws IOException {
        changing.lock();
        try {
            counter.forget();
            boolean unused = counter.change(next -> !counter.isStored());
            return counter.known();
        } finally {
            changing.unlock();
        }
    }

    private void noteUncertain() {
        lock.lock();
        try {
            uncertain = true;
        } finally {
            lock.unlock();
        }
    }

    private void noteGranted(Counter read) {
        lock.lock();
        try {
            uncertain = false;
            grantedTo = lease.id();
            granted = read.grant(grantedTo);
        } finally {
            lock.unlock();
        }
    }

    private Amount held() {
        lock.lock();
        try {
            return held;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the part of an amount that is limited. */
    private Amount limited(Amount amount) {
        return new Amount(
                limit.bytes().isPresent() ? amount.bytes() : 0, limit.count().isPresent() ? amount.repositories() : 0);
    }
}

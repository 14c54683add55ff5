package dev.berth.registry.internal.budget;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Bounds the memory that requests use at the same time. A request beyond it waits, first come, first served, for two
 * seconds at most. Requests for at most {@value #SMALL} bytes wait for each other only: a quarter is theirs alone, so that
 * large ones cannot keep them waiting. Thread-safe.
 */
public final class MemoryBudget {
    /** The size of content that counts as small, in bytes. */
    public static final int SMALL = 64 * 1024;

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);
    /** How long a reservation is kept that is not filled. */
    private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(500);
    /** How often those who wait look whether they still have to. */
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(100);

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiter> small = new ArrayDeque<>();
    private final Deque<Waiter> large = new ArrayDeque<>();
    /** Leases that have reserved more than they have filled. */
    private final Set<MemoryLease> growing = new HashSet<>();

    private final long limit;
    private final long largeLimit;
    private long used;
    private long usedByLarge;

    private static final class Waiter {
        private final MemoryLease lease;
        private final long bytes;
        private final Condition changed;
        private boolean granted;

        Waiter(MemoryLease lease, long bytes, Condition changed) {
            this.lease = lease;
            this.bytes = bytes;
            this.changed = changed;
        }
    }

    /**
     * Creates a budget.
     *
     * @param bytes its size; at least a few times {@value #SMALL}
     */
    public MemoryBudget(long bytes) {
        this.limit = bytes;
        this.largeLimit = bytes / 4 * 3;
    }

    /** Returns a budget of this share of the heap. */
    public static long shareOfHeap(int denominator) {
        return Runtime.getRuntime().maxMemory() / denominator;
    }

    /** Returns the size of the budget, in bytes. */
    public long size() {
        return limit;
    }

    /** Returns whether large requests are waiting, so that a request had better be sure that it is still wanted. */
    public boolean isShort() {
        lock.lock();
        try {
            return !large.isEmpty() || 2 * usedByLarge > largeLimit;
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #acquire(long, int, BooleanSupplier)}, for work that is never abandoned. */
    public MemoryLease acquire(long size, int factor) {
        return acquire(size, factor, () -> false);
    }

    /**
     * Takes memory for content whose size is known.
     *
     * @param size the size of the content, in bytes
     * @param factor how much memory the work needs, in multiples of that
     * @param abandoned whether nobody wants the result any more; asked while waiting
     * @throws RegistryException with {@link ErrorCode#UNAVAILABLE} if there is no room within two seconds, or the work is
     *     abandoned
     */
    public MemoryLease acquire(long size, int factor, BooleanSupplier abandoned) {
        MemoryLease lease = new MemoryLease(this, abandoned);
        lock.lock();
        try {
            if (size > SMALL) {
                lease.setLarge();
            }
            take(lease, size * factor);
            return lease;
        } finally {
            lock.unlock();
        }
    }

    /** Takes memory for content whose size is known, if nobody has to wait for it. */
    public Optional<MemoryLease> attempt(long size) {
        MemoryLease lease = new MemoryLease(this, () -> false);
        lock.lock();
        try {
            if (size > SMALL) {
                lease.setLarge();
            }
            long wanted = Math.min(size, largeLimit);
            if (!(lease.isLarge() ? large : small).isEmpty() || !fits(lease, wanted)) {
                return Optional.empty();
            }
            grant(lease, wanted);
            return Optional.of(lease);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns a lease of nothing, for content that grows.
     *
     * @param abandoned as for {@link #acquire}
     */
    public MemoryLease forGrowing(BooleanSupplier abandoned) {
        return new MemoryLease(this, abandoned);
    }

    void grow(MemoryLease lease, long size, long most) {
        lock.lock();
        try {
            boolean becomesLarge = size > SMALL && !lease.isLarge();
            if (becomesLarge) {
                // What it has counts as small: given back first, since waiting with it could keep others waiting.
                release(lease, 0);
                lease.setLarge();
            }
            long wanted = Math.min(becomesLarge ? most : size, largeLimit);
            if (wanted > lease.held()) {
                take(lease, wanted - lease.held());
            }
            if (lease.isLarge()) {
                lease.setFilled(Math.min(size, largeLimit), System.nanoTime());
                growing.add(lease);
            }
        } finally {
            lock.unlock();
        }
    }

    void shrink(MemoryLease lease, long bytes) {
        lock.lock();
        try {
            growing.remove(lease);
            if (lease.held() > bytes) {
                release(lease, bytes);
                grantWaiting();
            }
        } finally {
            lock.unlock();
        }
    }

    private void take(MemoryLease lease, long bytes) {
        long wanted = Math.min(bytes, largeLimit);
        Deque<Waiter> queue = lease.isLarge() ? large : small;
        if (queue.isEmpty() && fits(lease, wanted)) {
            grant(lease, wanted);
            return;
        }
        Waiter waiter = new Waiter(lease, wanted, lock.newCondition());
        queue.add(waiter);
        try {
            await(waiter);
        } finally {
            queue.remove(waiter);
            grantWaiting();
        }
    }

    private void await(Waiter waiter) {
        long start = System.nanoTime();
        while (true) {
            reclaim();
            grantWaiting();
            if (waiter.granted) {
                return;
            }
            if (System.nanoTime() - start >= PATIENCE || isAbandoned(waiter)) {
                throw exhausted();
            }
            try {
                long unused = waiter.changed.awaitNanos(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                if (waiter.granted) {
                    return;
                }
                throw exhausted();
            }
        }
    }

    /** Asks without the lock, since the answer may take a moment. */
    private boolean isAbandoned(Waiter waiter) {
        lock.unlock();
        boolean abandoned;
        try {
            abandoned = waiter.lease.isAbandoned();
        } finally {
            lock.lock();
        }
        return abandoned && !waiter.granted;
    }

    /** Takes back what slow ones have reserved. */
    private void reclaim() {
        long now = System.nanoTime();
        for (MemoryLease lease : growing) {
            if (lease.isSlow(now, SLOW) && lease.held() > lease.filled()) {
                release(lease, lease.filled());
            }
        }
    }

    private void grantWaiting() {
        grantFirst(small);
        grantFirst(large);
    }

    private void grantFirst(Deque<Waiter> queue) {
        for (Waiter waiter = queue.peek(); waiter != null && fits(waiter.lease, waiter.bytes); waiter = queue.peek()) {
            queue.remove();
            grant(waiter.lease, waiter.bytes);
            waiter.granted = true;
            waiter.changed.signal();
        }
    }

    private boolean fits(MemoryLease lease, long bytes) {
        return used + bytes <= limit && (!lease.isLarge() || usedByLarge + bytes <= largeLimit);
    }

    private void grant(MemoryLease lease, long bytes) {
        lease.setHeld(lease.held() + bytes);
        used += bytes;
        usedByLarge += lease.isLarge() ? bytes : 0;
    }

    private void release(MemoryLease lease, long left) {
        long freed = lease.held() - left;
        lease.setHeld(left);
        used -= freed;
        usedByLarge -= lease.isLarge() ? freed : 0;
    }

    private static RegistryException exhausted() {
        return RegistryException.builder(RegistryError.of(
                        ErrorCode.UNAVAILABLE,
                        "The server is busy with as many manifests as its memory allows; try again"))
                .retryAfter(Duration.ofSeconds(1))
                .build();
    }
}

package dev.berth.registry.maintenance;

import dev.berth.registry.internal.budget.MemoryBudget;
import dev.berth.registry.internal.store.Candidates;
import dev.berth.registry.internal.store.Mark;
import dev.berth.registry.internal.store.Marks;
import dev.berth.registry.internal.store.RegistryStore;
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.maintenance.CollectionDetail.Kind;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Removes what nobody needs from a store: data that no manifest of any repository needs, links to blobs that no manifest of their
 * repository needs, what is left of manifests that were deleted, and what {@code registry:2} left of uploads. Images are
 * pushed, pulled, mounted and deleted meanwhile, by this process and others.
 *
 * <p>What is found is condemned first, and removed by a later pass, when it has been condemned for the grace period and still
 * nobody needs it. So what was pushed, mounted, or said to exist, within the grace period is not removed. Manifests are not
 * removed from repositories: those without a tag are for rules.
 *
 * <p>All that a pass has to remember is in the store: one that is interrupted at any point is continued by the next one, of any
 * process. What fails about one object is reported, and that object and its neighbours are kept.
 *
 * <p>Thread-safe: passes of one collector follow each other. Any number of collectors may work over one store. Does not close the
 * store.
 *
 * @since 0.1
 */
public final class Collector implements AutoCloseable {
    /** Changes that are younger are left alone, even if the grace period is longer. */
    private static final Duration SETTLED = Duration.ofMinutes(10);

    private static final long MANIFEST_MEMORY = 64L * 1024 * 1024;

    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(10);

    /** After so many passes that have removed nothing, what is left is not going to be removed soon. */
    private static final int IDLE_PASSES = 10;

    private final CollectionOptions options;
    private final Pass.Parts parts;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean closed;

    private Collector(ObjectStore objects, CollectionOptions options) {
        this.options = options;
        Throttle throttle = new Throttle(options);
        ObjectStore store = new MeteredStore(objects, throttle);
        RegistryStore contents = new RegistryStore(
                store, options.clock, options.nanoTime, options.pause::sleep, new MemoryBudget(MANIFEST_MEMORY), 0);
        this.parts = new Pass.Parts(store, contents, options, Mark.Owner.create(), throttle, () -> closed);
    }

    /** Returns a collector for a store. Does no I/O. */
    public static Collector over(ObjectStore store, CollectionOptions options) {
        return new Collector(Objects.requireNonNull(store, "store"), Objects.requireNonNull(options, "options"));
    }

    /**
     * Makes one pass: removes what was condemned for the grace period, and condemns what is found now. Waits for no grace
     * period, but for a second between reading marks and acting on them.
     *
     * <p>If the index does not tell what collections need, since {@code registry:2} or an older version wrote the store, it is
     * built first, whatever the scope. After {@code registry:2} has written into a store again, everything must be looked at
     * before anything else.
     *
     * @throws dev.berth.registry.RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if the storage fails
     *     altogether, or this is closed, or the thread is interrupted; the next pass goes on
     */
    public CollectionReport collect(CollectionScope scope) {
        return run(scope, false, settled()).report(scope, false);
    }

    /** Says what {@link #collect} would do, and what is condemned until when. Changes nothing. */
    public CollectionReport plan(CollectionScope scope) {
        return run(scope, true, settled()).report(scope, true);
    }

    /**
     * Makes passes, and waits between them, until nothing is left of what was garbage when this began: for the grace period
     * at least, if there is any.
     *
     * @return the last report, with what all passes have removed
     * @throws dev.berth.registry.RegistryException as {@link #collect}
     */
    public CollectionReport complete(CollectionScope scope) {
        Instant until = begun();
        Tally tally = run(scope, false, until);
        CollectionReport all = tally.report(scope, false);
        boolean noted = tally.hasNoted();
        int idle = 0;
        while (idle < IDLE_PASSES && (tally.pending().isPresent() || noted)) {
            if (tally.pending().isPresent()) {
                Instant due = tally.pending().get();
                StoreCalls.act("wait for the end of the grace period", () -> sleepUntil(due));
            } else {
                // What the passes have noted themselves is a part of what was garbage when this began.
                until = begun();
                noted = false;
            }
            tally = run(CollectionScope.CHANGED, false, until);
            noted |= tally.hasNoted();
            idle = tally.count(Kind.REMOVED) > 0 ? 0 : idle + 1;
            all = all.followedBy(tally.report(scope, false));
        }
        return all;
    }

    /** Sleeps in pieces, so that closing ends it. */
    private void sleepUntil(Instant due) throws IOException {
        Duration left = Duration.between(options.clock.instant(), due);
        left = left.compareTo(Marks.TRUST) > 0 ? left : Marks.TRUST;
        while (!closed && left.compareTo(LONGEST_SLEEP) > 0) {
            Throttle.sleep(options, LONGEST_SLEEP);
            left = left.minus(LONGEST_SLEEP);
        }
        if (!closed) {
            Throttle.sleep(options, left);
        }
    }

    private Instant settled() {
        Duration age = options.grace.compareTo(SETTLED) < 0 ? options.grace : SETTLED;
        return options.clock.instant().minus(age).minus(Candidates.RESOLUTION);
    }

    /**
     * Returns this moment, after a while: what was noted until then, before it was unlinked, is unlinked now, or will be noted once
     * more.
     */
    private Instant begun() {
        Instant now = options.clock.instant();
        StoreCalls.act("wait for deletions", () -> Throttle.sleep(options, Candidates.RESOLUTION.plus(Marks.TRUST)));
        return now;
    }

    private Tally run(CollectionScope scope, boolean plan, Instant until) {
        lock.lock();
        try {
            Pass pass = new Pass(parts, plan, until);
            try {
                StoreCalls.act("collect what nobody needs", () -> new WholePass(pass).run(scope));
            } finally {
                if (!plan) {
                    options.listener.ended();
                }
            }
            return pass.tally;
        } finally {
            lock.unlock();
        }
    }

    /** Ends a pass that is in progress at the next digest, with an exception, and refuses others. Does not wait for it. */
    @Override
    public void close() {
        closed = true;
    }
}

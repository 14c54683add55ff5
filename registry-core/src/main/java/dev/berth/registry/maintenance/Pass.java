package dev.berth.registry.maintenance;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.Candidates;
import dev.berth.registry.internal.store.CollectionIndex;
import dev.berth.registry.internal.store.Holds;
import dev.berth.registry.internal.store.Mark;
import dev.berth.registry.internal.store.Marks;
import dev.berth.registry.internal.store.RegistryStore;
import dev.berth.registry.maintenance.CollectionDetail.Kind;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.StorageBusyException;
import dev.berth.registry.storage.StorageFullException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** One pass of a collection: what its parts share. */
final class Pass {
    /** So many failures in a row are not those of single objects. */
    private static final int MOST_FAILURES = 1000;

    private static final Duration ABSURD = Duration.ofDays(1);

    final ObjectStore store;
    final RegistryStore contents;
    final CollectionIndex index;
    final Marks marks;
    final Holds holds;
    final Candidates candidates;
    final CollectionOptions options;
    final Mark.Owner owner;
    final Look look;
    final Tally tally = new Tally();
    /** Changes nothing. */
    final boolean plan;
    /** What a plan would condemn, so that it is told once. */
    final Planned planned = new Planned();
    /** Only candidates that were written until then are looked at. */
    final Instant until;

    private final Throttle throttle;
    private final BooleanSupplier closed;
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicLong done = new AtomicLong();

    Pass(Parts parts, boolean plan, Instant until) {
        this.store = parts.store();
        this.contents = parts.contents();
        this.index = contents.collectionIndex();
        this.marks = contents.marks();
        this.holds = contents.holds();
        this.candidates = contents.candidates();
        this.options = parts.options();
        this.owner = parts.owner();
        this.throttle = parts.throttle();
        this.closed = parts.closed();
        this.plan = plan;
        this.until = until;
        this.look = new Look(store, contents);
    }

    /** What all passes of a collector share. */
    record Parts(
            ObjectStore store,
            RegistryStore contents,
            CollectionOptions options,
            Mark.Owner owner,
            Throttle throttle,
            BooleanSupplier closed) {}

    /** Something that is done about one object. */
    interface Step {
        void run() throws IOException;
    }

    /** Waits as the rates want it, before the next digest or repository is looked at. */
    void next(String step) throws IOException {
        do {
            if (closed.getAsBoolean()) {
                throw RegistryException.of(ErrorCode.UNAVAILABLE, "The collection was ended; the next one goes on");
            }
        } while (!throttle.await());
        options.listener.progress(step, done.incrementAndGet());
    }

    /** Begins to count the progress of another step. */
    void begin() {
        done.set(0);
    }

    /**
     * Does something about one object. If that fails, it is reported, and the object and its neighbours are kept.
     *
     * @return whether it succeeded
     */
    boolean about(Object object, Step step) throws IOException {
        try {
            step.run();
            failures.set(0);
            return true;
        } catch (StorageFullException e) {
            full();
            return false;
        } catch (IOException | RegistryException e) {
            if (concernsAll(e) || failures.incrementAndGet() > MOST_FAILURES) {
                throw e;
            }
            broken(object.toString(), e.getMessage() == null ? e.toString() : e.getMessage());
            return false;
        }
    }

    private static boolean concernsAll(Throwable failure) {
        Throwable cause = failure instanceof RegistryException ? failure.getCause() : failure;
        return cause instanceof StorageBusyException
                || cause instanceof InterruptedIOException
                || cause instanceof ClosedByInterruptException;
    }

    /** Notes that there is no room to go on. Removing what is condemned needs none. */
    void full() {
        tally.note(
                "The storage is full: not all that nobody needs could be condemned. What is condemned is removed when its"
                        + " grace period ends, and then the next collection goes on.");
    }

    void broken(String object, String reason) {
        tally.add(Kind.BROKEN, object, 0, Optional.empty(), reason);
        options.listener.broken(object, reason);
    }

    /** Notes a candidate that this pass does not look at any more. */
    void noteAgain(Digest digest, RepositoryName repository) throws IOException {
        candidates.note(digest, repository);
        tally.noted();
    }

    /** Counts bytes that were removed. */
    void removed(long bytes) {
        throttle.removed(bytes);
    }

    /**
     * Returns when what was condemned may be removed. Whoever has read just before that there is no mark may say so for as
     * long as that is trusted, and the grace period begins for its client then.
     */
    Instant due(Instant condemned) {
        return condemned.plus(options.grace).plus(Marks.TRUST);
    }

    Instant now() {
        return options.clock.instant();
    }

    /** Returns from when on a time is one of a clock that was wrong: what waited for it might wait for ever. */
    Instant absurd() {
        return now().plus(ABSURD);
    }

    long nanoTime() {
        return options.nanoTime.getAsLong();
    }

    void sleep(Duration duration) throws IOException {
        Throttle.sleep(options, duration);
    }
}

package dev.berth.registry.audit.store;

import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.audit.AuditOrigin;
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit in the store of a registry: a listener that keeps events, and returns them the newest first.
 *
 * <pre>{@code
 * AuditStore audit = AuditStore.over(store);
 * HostedRegistry hosted = HostedRegistry.builder(store).audit(AuditLog.toLogger()).auditStore(audit).build();
 * AuditPage page = audit.page(AuditQuery.newest(100));
 * }</pre>
 *
 * <p>An event is taken into memory, and does not wait for the store; {@link #flush} writes what has come since the last one. So
 * a crash loses what was told since then, a few seconds in a {@link dev.berth.registry.host.HostedRegistry}. What cannot be
 * written is kept, up to a bound, and written by the next flush; what is beyond the bound is lost, and an event of type
 * {@link AuditEvent.Type#POLICY} says how many were. An {@link dev.berth.registry.audit.AuditLog} beside it is told each event
 * before the answer, and is what to rely on where nothing may be missing.
 *
 * <p>Events are kept for a time and up to a size, see {@link AuditStoreOptions}. Each object is one node of any number over the
 * same store; what all of them have written is read together, in the order of the times that events state. Thread-safe; starts
 * no threads. Closing leaves the store open.
 *
 * @since 0.1
 */
public final class AuditStore implements AuditListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.berth.registry.AuditStore");
    private static final String KEEP = "keep the audit";
    private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);

    /** How many hours are merged at the first run, and at later ones. */
    private static final int HOURS_AT_FIRST = 48;

    private static final int HOURS = 3;

    private final AuditStoreOptions options;
    private final Segments segments;
    private final Merge merge;
    private final Waiting waiting;
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock maintaining = new ReentrantLock();

    /** What is about to be written. */
    private final Deque<Segment> unwritten = new ArrayDeque<>();

    private boolean merged;
    private Instant lastCleaning = Instant.EPOCH;

    private AuditStore(ObjectStore store, AuditStoreOptions options) {
        this.options = options;
        this.segments = new Segments(store);
        this.merge = new Merge(segments);
        this.waiting = new Waiting(options.capacity());
    }

    /** Returns the audit of a store, with the defaults of {@link AuditStoreOptions}. */
    public static AuditStore over(ObjectStore store) {
        return over(store, AuditStoreOptions.defaults());
    }

    /** Returns the audit of a store. Does no I/O. */
    public static AuditStore over(ObjectStore store, AuditStoreOptions options) {
        return new AuditStore(Objects.requireNonNull(store, "store"), Objects.requireNonNull(options, "options"));
    }

    /** Returns the options. */
    public AuditStoreOptions options() {
        return options;
    }

    /** Takes an event. Never waits and never fails. */
    @Override
    public void on(AuditEvent event) {
        waiting.add(event);
    }

    /**
     * Writes what was told since the last call. To be called every few seconds.
     *
     * @throws dev.berth.registry.RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} or
     *     {@link dev.berth.registry.ErrorCode#INSUFFICIENT_STORAGE} if that fails; the next call tries again
     */
    public void flush() {
        StoreCalls.act(KEEP, () -> {
            writing.lock();
            try {
                // What has failed before: what has come since waits until that is written, so that memory is bounded.
                write();
                long lost = waiting.takeLost();
                unwritten.addAll(Segment.of(waiting.take()));
                if (lost > 0) {
                    tell(lost);
                    unwritten.addAll(Segment.of(waiting.take()));
                }
                write();
            } finally {
                writing.unlock();
            }
        });
    }

    private void tell(long lost) {
        String reason = lost + " events were not kept, since the storage has failed or is too slow";
        LOG.error("{} events of the audit were not kept in the storage: it has failed, or is too slow", lost);
        on(new AuditEvent(
                options.clock().instant(),
                AuditEvent.Type.POLICY,
                AuditOrigin.ofProcess("berth audit"),
                "",
                "keep the audit",
                AuditEvent.Outcome.REFUSED,
                reason));
    }

    private void write() throws IOException {
        for (Segment next = unwritten.peek(); next != null; next = unwritten.peek()) {
            segments.write(next);
            unwritten.remove();
        }
    }

    /**
     * Merges what was written in many small pieces, and removes what is too old, or beyond the size. To be called every few
     * minutes, by one node or by all.
     *
     * @throws dev.berth.registry.RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} or
     *     {@link dev.berth.registry.ErrorCode#INSUFFICIENT_STORAGE} if the storage fails; the next call goes on
     */
    public void maintain() {
        StoreCalls.act(KEEP, () -> {
            maintaining.lock();
            try {
                Instant now = options.clock().instant();
                merge.run(now, merged ? HOURS : HOURS_AT_FIRST);
                merged = true;
                if (!now.isBefore(lastCleaning.plus(BETWEEN_CLEANINGS))) {
                    removeOld(now);
                    lastCleaning = now;
                }
            } finally {
                maintaining.unlock();
            }
        });
    }

    private void removeOld(Instant now) throws IOException {
        segments.deleteBefore(SegmentName.hourOf(now.minus(options.keep())));
        long bytes = 0;
        for (Iterator<SegmentName> all = segments.all(); all.hasNext(); ) {
            SegmentName name = all.next();
            bytes += name.size();
            if (bytes > options.mostBytes()) {
                segments.delete(name);
            }
        }
    }

    /**
     * Reads events that were written, the newest first. Costs a bounded number of reads, however much there is and however
     * little of it is wanted.
     *
     * @throws dev.berth.registry.RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if the storage
     *     fails
     */
    public AuditPage page(AuditQuery query) {
        return StoreCalls.call("read the audit", () -> new Reading(segments, query).run());
    }

    /** Flushes. What cannot be written now is lost with this object. */
    @Override
    public void close() {
        flush();
    }
}

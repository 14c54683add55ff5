package dev.berth.registry.mirror;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.audit.AuditOrigin;
import dev.berth.registry.audit.RefusalFlood;
import dev.berth.registry.internal.cache.RecentlyUsed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes events for an audit log of what a mirror does by itself: it served what it could not check, the upstream registry
 * sent other content than it was asked for, an image was evicted. All are of the type {@link AuditEvent.Type#POLICY}.
 *
 * <p>That something stale was served is told for each tag once in {@linkplain #AGAIN five minutes}, however often it is
 * pulled, and of failed downloads no more than {@link RefusalFlood} allows. Refusals are not told here:
 * {@link dev.berth.registry.audit.Audited}, in front of the mirror, tells each of them, and knows the caller.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class MirrorAudit implements MirrorListener {
    /** How long it is not told again that the same is stale. */
    public static final Duration AGAIN = Duration.ofMinutes(5);

    private static final int MOST_REMEMBERED = 10_000;

    private final AuditListener listener;
    private final AuditOrigin origin;
    private final InstantSource clock;
    private final RefusalFlood flood;
    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<Stale, Instant> told = new RecentlyUsed<>(MOST_REMEMBERED);

    /** What was stale. */
    private record Stale(RepositoryName repository, String reference, StaleAnswer.Reason reason) {}

    private MirrorAudit(String mirror, AuditListener listener, InstantSource clock) {
        this.listener = AuditListener.guarded(listener);
        this.origin = AuditOrigin.ofProcess("mirror " + Objects.requireNonNull(mirror, "mirror"));
        this.clock = Objects.requireNonNull(clock, "clock");
        this.flood = RefusalFlood.of(clock);
    }

    /**
     * Returns a listener for the {@link MirrorOptions.Builder#listener options} of a mirror.
     *
     * @param mirror the name of the mirror, which events state as their origin
     * @param listener is told
     */
    public static MirrorAudit of(String mirror, AuditListener listener) {
        return of(mirror, listener, InstantSource.system());
    }

    /**
     * As {@link #of(String, AuditListener)}.
     *
     * @param clock gives events their time
     */
    public static MirrorAudit of(String mirror, AuditListener listener, InstantSource clock) {
        return new MirrorAudit(mirror, listener, clock);
    }

    @Override
    public void stale(StaleAnswer answer) {
        Instant now = clock.instant();
        Stale stale = new Stale(answer.repository(), answer.reference(), answer.reason());
        lock.lock();
        try {
            Instant before = told.get(stale);
            if (before != null && now.isBefore(before.plus(AGAIN))) {
                return;
            }
            told.put(stale, now);
        } finally {
            lock.unlock();
        }
        tell(
                answer.repository(),
                "serve " + (answer.reference().isEmpty() ? "the list of tags" : answer.reference())
                        + " without a check",
                AuditEvent.Outcome.DONE,
                answer.message());
    }

    /** Tells of content that is not what was asked for. That a connection has broken off is no matter of an audit. */
    @Override
    public void failed(RepositoryName repository, Digest digest, RegistryException failure) {
        if (failure.code() == ErrorCode.DIGEST_INVALID && flood.next(origin).isPresent()) {
            tell(repository, "keep " + digest, AuditEvent.Outcome.REFUSED, String.valueOf(failure.getMessage()));
        }
    }

    @Override
    public void evicted(RepositoryName repository, Digest image, long bytes) {
        tell(
                repository,
                "evict " + image,
                AuditEvent.Outcome.DONE,
                "The budget of the mirror; " + bytes + " bytes are left to collection");
    }

    private void tell(RepositoryName repository, String target, AuditEvent.Outcome outcome, String reason) {
        listener.on(new AuditEvent(
                clock.instant(), AuditEvent.Type.POLICY, origin, repository.value(), target, outcome, reason));
    }
}

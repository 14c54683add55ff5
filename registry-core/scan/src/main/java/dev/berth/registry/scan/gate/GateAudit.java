package dev.berth.registry.scan.gate;

import dev.berth.registry.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.audit.AuditOrigin;
import dev.berth.registry.internal.cache.RecentlyUsed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes events for an audit log of what a gate lets pass that it would have refused, in a dry run or since it could not judge. They
 * are of the type {@link AuditEvent.Type#POLICY}, and told for each image and rule once in {@linkplain #AGAIN five minutes}. Refusals
 * are not told here: {@link dev.berth.registry.audit.Audited}, in front of the gate, tells each of them, and knows the caller.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class GateAudit implements GateListener {
    /** How long it is not told again that the same was let pass. */
    public static final Duration AGAIN = Duration.ofMinutes(5);

    private static final int MOST_REMEMBERED = 10_000;

    private final AuditListener listener;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<Passed, Instant> told = new RecentlyUsed<>(MOST_REMEMBERED);

    /** What was let pass. */
    private record Passed(
            GateRefusal.Operation operation, RepositoryName repository, Digest image, String rule, boolean judged) {}

    private GateAudit(AuditListener listener, InstantSource clock) {
        this.listener = AuditListener.guarded(listener);
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** Returns a listener for {@link GateOptions.Builder#listener}, which tells another one. */
    public static GateAudit of(AuditListener listener) {
        return of(listener, InstantSource.system());
    }

    /**
     * As {@link #of(AuditListener)}.
     *
     * @param clock gives events their time
     */
    public static GateAudit of(AuditListener listener, InstantSource clock) {
        return new GateAudit(listener, clock);
    }

    @Override
    public void wouldRefuse(GateRefusal refusal) {
        tell(refusal, true, "a dry run of the rule '" + refusal.rule() + "', which would refuse it: ");
    }

    @Override
    public void unjudged(GateRefusal unjudged, boolean allowed, RegistryException failure) {
        if (allowed) {
            tell(unjudged, false, "the rule '" + unjudged.rule() + "' lets pass what is not judged: ");
        }
    }

    private void tell(GateRefusal refusal, boolean judged, String why) {
        Passed passed = new Passed(refusal.operation(), refusal.repository(), refusal.image(), refusal.rule(), judged);
        Instant now = clock.instant();
        lock.lock();
        try {
            @Nullable Instant before = told.get(passed);
            if (Optional.ofNullable(before)
                    .filter(time -> now.isBefore(time.plus(AGAIN)))
                    .isPresent()) {
                return;
            }
            told.put(passed, now);
        } finally {
            lock.unlock();
        }
        listener.on(new AuditEvent(
                now,
                AuditEvent.Type.POLICY,
                AuditOrigin.ofProcess("gate"),
                refusal.repository().value(),
                refusal.request(),
                AuditEvent.Outcome.DONE,
                why + refusal.reason()));
    }
}

package dev.berth.registry.maintenance.scrub;

import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.audit.AuditOrigin;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells an audit what a run has moved aside, in one event. */
final class ScrubAudit implements ScrubListener {
    private final AuditListener listener;
    private final AuditOrigin origin;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable ScrubFinding first;
    private long moved;

    ScrubAudit(AuditListener listener, AuditOrigin origin, InstantSource clock) {
        this.listener = AuditListener.guarded(listener);
        this.origin = Objects.requireNonNull(origin, "origin");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public void onFinding(ScrubFinding finding) {
        if (finding.quarantined().isEmpty()) {
            return;
        }
        lock.lock();
        try {
            moved++;
            first = first == null ? finding : first;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onEnd() {
        ScrubFinding example;
        long count;
        lock.lock();
        try {
            example = first;
            count = moved;
            first = null;
            moved = 0;
        } finally {
            lock.unlock();
        }
        if (example != null) {
            listener.on(new AuditEvent(
                    clock.instant(),
                    AuditEvent.Type.POLICY,
                    origin,
                    "",
                    "move damaged data to the quarantine",
                    AuditEvent.Outcome.DONE,
                    "moved " + count + (count == 1 ? ": " : ", the first of them: ") + name(example)));
        }
    }

    private static String name(ScrubFinding finding) {
        String affected =
                finding.affected().stream().map(AffectedRepository::toString).collect(Collectors.joining(", "));
        return finding.digest().map(Object::toString).orElse(finding.key().toString())
                + (affected.isEmpty() ? "" : " of " + affected);
    }
}

package dev.berth.registry.maintenance;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.audit.AuditOrigin;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Tells an audit what a pass has removed, in one event. */
final class CollectionAudit implements CollectionListener {
    private final AuditListener listener;
    private final AuditOrigin origin;
    private final InstantSource clock;
    private final AtomicLong data = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong links = new AtomicLong();

    CollectionAudit(AuditListener listener, AuditOrigin origin, InstantSource clock) {
        this.listener = AuditListener.guarded(listener);
        this.origin = Objects.requireNonNull(origin, "origin");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public void removedData(Digest digest, long size) {
        data.incrementAndGet();
        bytes.addAndGet(size);
    }

    @Override
    public void removedLink(RepositoryName repository, Digest digest) {
        links.incrementAndGet();
    }

    @Override
    public void ended() {
        long removed = data.getAndSet(0);
        long freed = bytes.getAndSet(0);
        long unlinked = links.getAndSet(0);
        if (removed > 0 || unlinked > 0) {
            listener.on(new AuditEvent(
                    clock.instant(),
                    AuditEvent.Type.POLICY,
                    origin,
                    "",
                    "remove what no manifest needs",
                    AuditEvent.Outcome.DONE,
                    "removed " + removed + " blobs and manifests with " + freed + " bytes, and " + unlinked
                            + " links to blobs"));
        }
    }
}

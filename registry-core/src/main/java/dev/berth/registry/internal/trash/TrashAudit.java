package dev.berth.registry.internal.trash;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.audit.AuditOrigin;
import java.time.InstantSource;
import java.util.Objects;

/** Tells an audit what is taken out of the trash. */
public final class TrashAudit {
    private final AuditListener listener;
    private final AuditOrigin origin;
    private final InstantSource clock;

    public TrashAudit(AuditListener listener, AuditOrigin origin, InstantSource clock) {
        this.listener = AuditListener.guarded(listener);
        this.origin = Objects.requireNonNull(origin, "origin");
        this.clock = clock;
    }

    /** Tells what is there again, if anything is. */
    public void restored(RepositoryName repository, String what, RestoreCount count) {
        if (count.manifests() > 0 || count.tags() > 0) {
            tell(
                    repository,
                    what,
                    count.manifests() + " manifests and " + count.tags() + " tags are there again"
                            + (count.problems().isEmpty() ? "" : ", and others could not be restored"));
        }
    }

    /** Tells what is gone for good, if anything is. */
    public void purged(RepositoryName repository, String what, long count) {
        if (count > 0) {
            tell(repository, what, count + " manifests and tags cannot be restored any more");
        }
    }

    private void tell(RepositoryName repository, String what, String reason) {
        listener.on(new AuditEvent(
                clock.instant(),
                AuditEvent.Type.DELETION,
                origin,
                repository.toString(),
                what,
                AuditEvent.Outcome.DONE,
                reason));
    }
}

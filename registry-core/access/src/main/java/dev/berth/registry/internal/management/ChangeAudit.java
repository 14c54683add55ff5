package dev.berth.registry.internal.management;

import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditListener;
import java.time.InstantSource;

/** Tells an audit what was changed or begun through an API. Thread-safe. */
public final class ChangeAudit {
    private final AuditListener listener;
    private final InstantSource clock;
    private final String kind;

    /**
     * Creates one.
     *
     * @param kind what stands before the names of what is changed, such as {@code webhook:}; may be empty
     */
    public ChangeAudit(AuditListener listener, InstantSource clock, String kind) {
        this.listener = AuditListener.guarded(listener);
        this.clock = clock;
        this.kind = kind;
    }

    /** Tells what was done, in which there is nothing secret. */
    public void tell(Call call, String name, String what) {
        listener.on(new AuditEvent(
                clock.instant(),
                AuditEvent.Type.CHANGE,
                call.actor().origin(),
                "",
                kind + name,
                AuditEvent.Outcome.DONE,
                what));
    }
}

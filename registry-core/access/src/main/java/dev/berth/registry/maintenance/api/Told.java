package dev.berth.registry.maintenance.api;

import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.internal.management.Call;
import java.time.InstantSource;

/** Tells an audit what an administrator has begun. */
final class Told {
    private final AuditListener listener;
    private final InstantSource clock;

    Told(AuditListener listener, InstantSource clock) {
        this.listener = AuditListener.guarded(listener);
        this.clock = clock;
    }

    void of(Call call, String target, String what) {
        listener.on(new AuditEvent(
                clock.instant(),
                AuditEvent.Type.CHANGE,
                call.actor().origin(),
                "",
                target,
                AuditEvent.Outcome.DONE,
                what));
    }
}

package dev.berth.registry.webhook.api;

import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.internal.management.Call;
import java.time.InstantSource;

/** Tells an audit of what was done with webhooks. Thread-safe. */
final class Told {
    private final AuditListener listener;
    private final InstantSource clock;

    Told(AuditListener listener, InstantSource clock) {
        this.listener = AuditListener.guarded(listener);
        this.clock = clock;
    }

    /** Tells what was done. There is nothing secret in it. */
    void of(Call call, String webhook, String what) {
        listener.on(new AuditEvent(
                clock.instant(),
                AuditEvent.Type.CHANGE,
                call.actor().origin(),
                "",
                "webhook:" + webhook,
                AuditEvent.Outcome.DONE,
                what));
    }
}

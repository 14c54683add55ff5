package dev.berth.registry.account.store;

import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.audit.AuditOrigin;
import java.time.InstantSource;

/** Tells a listener about changes that somebody made. */
final class ChangeEvents {
    private final AuditOrigin actor;
    private final AuditListener listener;
    private final InstantSource clock;

    ChangeEvents(AuditOrigin actor, AuditListener listener, InstantSource clock) {
        this.actor = actor;
        this.listener = AuditListener.guarded(listener);
        this.clock = clock;
    }

    /**
     * Tells about a change that was made.
     *
     * @param target what was changed, such as {@code user:alice}
     * @param what what was done with it
     */
    void changed(String target, String what) {
        listener.on(new AuditEvent(
                clock.instant(), AuditEvent.Type.CHANGE, actor, "", target, AuditEvent.Outcome.DONE, what));
    }
}

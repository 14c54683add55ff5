package dev.berth.registry.rules;

import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.audit.AuditOrigin;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Tells an audit what {@link Retention} deletes, with the rule as the reason. For {@link Retention#run}, whose registry then
 * must not be {@link dev.berth.registry.audit.Audited} as well. As thread-safe as the listener.
 *
 * @since 0.1
 */
public final class RetentionAudit implements Consumer<RetentionStep> {
    private final AuditListener listener;
    private final AuditOrigin origin;
    private final InstantSource clock;

    private RetentionAudit(AuditListener listener, AuditOrigin origin, InstantSource clock) {
        this.listener = AuditListener.guarded(listener);
        this.origin = Objects.requireNonNull(origin, "origin");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** Returns what tells a listener, in the name of {@code berth retention}. */
    public static RetentionAudit of(AuditListener listener) {
        return of(listener, AuditOrigin.ofProcess("berth retention"), InstantSource.system());
    }

    /**
     * Returns what tells a listener.
     *
     * @param origin in whose name
     * @param clock gives events their time
     */
    public static RetentionAudit of(AuditListener listener, AuditOrigin origin, InstantSource clock) {
        return new RetentionAudit(listener, origin, clock);
    }

    /** Tells what was deleted. What was only planned, was gone, or was left, is not told. */
    @Override
    public void accept(RetentionStep step) {
        if (step.result() != RetentionStep.Result.DELETED) {
            return;
        }
        PlannedDeletion deletion = step.deletion();
        String repository = deletion.repository().toString();
        String target = deletion.tag()
                .map(tag -> "delete the tag " + tag + " of " + repository)
                .orElseGet(() -> "delete the manifest " + deletion.manifest() + " from " + repository);
        listener.on(new AuditEvent(
                clock.instant(),
                AuditEvent.Type.DELETION,
                origin,
                repository,
                target,
                AuditEvent.Outcome.DONE,
                deletion.reason()));
    }
}

package dev.berth.registry.maintenance.scrub;

import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.audit.AuditOrigin;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.EventFactory;
import dev.berth.registry.event.EventSink;
import java.time.InstantSource;
import java.util.List;

/**
 * Is told what a scrub does, by its thread. A listener that fails ends the run.
 *
 * @since 0.1
 */
public interface ScrubListener {

    /** A problem was found. Damaged data is moved aside by then. The default does nothing. */
    default void onFinding(ScrubFinding finding) {}

    /**
     * What was checked so far. Called every few seconds at most, and at the end of a run. The default does nothing.
     */
    default void onProgress(ScrubReport soFar) {}

    /** A run, or the check of one digest, has ended, also if it has failed. The default does nothing. */
    default void onEnd() {}

    /** Returns a listener that tells others, in this order. */
    static ScrubListener allOf(List<ScrubListener> listeners) {
        return new ScrubListeners(listeners);
    }

    /**
     * Returns a listener that tells an audit, in one event at the end of each run, how much was moved to the
     * {@link Quarantine}: in the name of {@code berth scrub}. For one scrub.
     */
    static ScrubListener auditing(AuditListener audit) {
        return auditing(audit, AuditOrigin.ofProcess("berth scrub"), InstantSource.system());
    }

    /**
     * Returns a listener that tells an audit, in one event at the end of each run, how much was moved to the
     * {@link Quarantine}. For one scrub.
     *
     * @param origin in whose name
     * @param clock gives events their time
     */
    static ScrubListener auditing(AuditListener audit, AuditOrigin origin, InstantSource clock) {
        return new ScrubAudit(audit, origin, clock);
    }

    /**
     * Returns a listener that publishes an event {@link dev.berth.registry.event.EventType#BLOB_DAMAGED} for each repository
     * that has lost content: with the digest, and the tags of images that are affected. Nothing is published for damaged
     * data that no repository shows.
     *
     * @param context the circumstances: which process
     * @param factory gives events their time and their id
     */
    static ScrubListener publishing(EventSink sink, EventContext context, EventFactory factory) {
        return new DamageEvents(sink, context, factory);
    }
}

package dev.berth.registry.audit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a listener, whose failures are logged. */
record GuardedListener(AuditListener listener) implements AuditListener {
    /** Not below the name of the audit log, in which nothing else may stand. */
    private static final Logger LOG = LoggerFactory.getLogger("dev.berth.registry.AuditListener");

    @Override
    public void on(AuditEvent event) {
        try {
            listener.on(event);
        } catch (RuntimeException e) {
            LOG.error("A listener of the audit failed at an event of type {}", event.type(), e);
        }
    }
}

package dev.berth.registry.access;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a listener, whose failures are logged. */
record GuardedListener(AccessListener listener) implements AccessListener {
    private static final Logger LOG = LoggerFactory.getLogger(AccessListener.class);

    @Override
    public void on(AccessEvent event) {
        try {
            listener.on(event);
        } catch (RuntimeException e) {
            LOG.error("A listener for access control failed at an event of type {}", event.type(), e);
        }
    }
}

package dev.berth.registry.account.store;

import dev.berth.registry.access.AccessEvent;
import dev.berth.registry.access.AccessListener;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a listener about changes that somebody made. */
final class ChangeEvents {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeEvents.class);

    private final String actor;
    private final AccessListener listener;
    private final InstantSource clock;

    ChangeEvents(String actor, AccessListener listener, InstantSource clock) {
        this.actor = actor;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Tells about a change that was made.
     *
     * @param target what was changed, such as {@code user:alice}
     * @param what what was done with it
     */
    void changed(String target, String what) {
        AccessEvent event = new AccessEvent(
                clock.instant(), AccessEvent.Type.CHANGE, actor, Optional.empty(), "", target, what);
        try {
            listener.on(event);
        } catch (RuntimeException e) {
            LOG.warn("A listener of access control failed", e);
        }
    }
}

package dev.berth.registry.account.store;

import dev.berth.registry.access.AccessEvent;
import dev.berth.registry.access.AccessListener;
import java.time.InstantSource;
import java.util.Optional;

/** Tells a listener about changes that somebody made. */
final class ChangeEvents {
    private final String actor;
    private final AccessListener listener;
    private final InstantSource clock;

    ChangeEvents(String actor, AccessListener listener, InstantSource clock) {
        this.actor = actor;
        this.listener = AccessListener.guarded(listener);
        this.clock = clock;
    }

    /**
     * Tells about a change that was made.
     *
     * @param target what was changed, such as {@code user:alice}
     * @param what what was done with it
     */
    void changed(String target, String what) {
        listener.on(
                new AccessEvent(clock.instant(), AccessEvent.Type.CHANGE, actor, Optional.empty(), "", target, what));
    }
}

package dev.berth.registry.access;

import java.util.List;
import java.util.Objects;

/**
 * Is told what happens in access control: for an audit log, for alarms. Thread-safe.
 *
 * <p>It is called in the way of a request, so it should be quick and must not block. What it throws is logged and changes
 * nothing.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface AccessListener {

    /** Is told one event. */
    void on(AccessEvent event);

    /** Returns a listener that does nothing. */
    static AccessListener none() {
        return event -> {};
    }

    /** Returns a listener that tells others, in this order. */
    static AccessListener allOf(List<AccessListener> listeners) {
        List<AccessListener> guarded =
                listeners.stream().map(AccessListener::guarded).toList();
        return event -> guarded.forEach(listener -> listener.on(event));
    }

    /**
     * Returns a listener that tells another one, and logs what that one throws. Whoever has events to tell calls a listener
     * by this, so that a listener that fails refuses nobody and lets nobody in.
     */
    static AccessListener guarded(AccessListener listener) {
        return listener instanceof GuardedListener
                ? listener
                : new GuardedListener(Objects.requireNonNull(listener, "listener"));
    }
}

package dev.berth.registry.audit;

import java.util.List;
import java.util.Objects;

/**
 * Is told what happens: for an {@link AuditLog}, for alarms. Thread-safe.
 *
 * <p>It is called in the way of a request, before the answer, so that nothing is done that is not told. So it should be quick
 * and must not block; one that may be slow stands behind an {@link AuditQueue}. What it throws is logged and changes nothing.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface AuditListener {

    /** Is told one event. */
    void on(AuditEvent event);

    /** Returns the listener that does nothing. What has nobody else to tell takes no trouble. */
    static AuditListener none() {
        return NoListener.INSTANCE;
    }

    /** Returns whether a listener is {@link #none()}, so that nothing needs to be made ready for it. */
    static boolean isNone(AuditListener listener) {
        return listener instanceof NoListener;
    }

    /** Returns a listener that tells others, in this order. */
    static AuditListener allOf(List<AuditListener> listeners) {
        List<AuditListener> guarded = listeners.stream()
                .filter(listener -> !isNone(listener))
                .map(AuditListener::guarded)
                .toList();
        return switch (guarded.size()) {
            case 0 -> none();
            case 1 -> guarded.get(0);
            default -> event -> guarded.forEach(listener -> listener.on(event));
        };
    }

    /**
     * Returns a listener that tells another one, and logs what that one throws. Whoever has events to tell calls a listener
     * by this, so that a listener that fails refuses nobody and lets nobody in.
     */
    static AuditListener guarded(AuditListener listener) {
        return listener instanceof GuardedListener || isNone(listener)
                ? listener
                : new GuardedListener(Objects.requireNonNull(listener, "listener"));
    }
}

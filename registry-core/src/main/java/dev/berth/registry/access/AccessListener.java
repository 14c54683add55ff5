package dev.berth.registry.access;

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
}

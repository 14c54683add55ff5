package dev.berth.registry.event;

import java.util.List;

/**
 * Takes events and carries them to listeners. Thread-safe.
 *
 * <p>When {@link #publish} returns, the sink has taken responsibility for the events. The implementation defines what
 * that means: a sink in memory loses its events when the process ends, a durable sink does not. Events are published
 * after the change that they report is durable, by the thread that made the change, and before the call returns. So the
 * event of every successful call is in the sink. An event may be published for a change whose call then fails.
 *
 * <p>Events of one caller are carried in the order in which they were published. An event may be delivered repeatedly,
 * with the same {@link RegistryEvent#id()}, where the implementation says so.
 *
 * <p>{@code publish} must be quick, since requests wait for it. It never waits for a listener.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface EventSink extends AutoCloseable {

    /**
     * Takes events, in this order. If it fails, it has taken none of them.
     *
     * @throws dev.berth.registry.RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if the sink
     *     cannot take responsibility for them. The call that made the change then fails with this exception although
     *     the change was made, so that the caller repeats it
     */
    void publish(List<RegistryEvent> events);

    /** Takes one event, as {@link #publish(List)} does. */
    default void publish(RegistryEvent event) {
        publish(List.of(event));
    }

    /**
     * Ends the acceptance of events and releases what the sink holds. Idempotent. The creator of a sink closes it,
     * after the registries that publish to it. The default has no effect.
     */
    @Override
    default void close() {
        // Nothing is held.
    }
}

package dev.berth.registry.event;

/**
 * Receives the events of a registry from an {@link EventSink}.
 *
 * <p>A sink calls a listener from one thread at a time, in the order in which one caller made its changes. An exception
 * or a slow listener neither fails nor delays the request that caused the event. What happens to an event that cannot be
 * delivered is for the sink to say.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RegistryListener {

    /** Handles an event. Ignores it if its {@link RegistryEvent#type()} is one that the listener does not know. */
    void onEvent(RegistryEvent event);
}

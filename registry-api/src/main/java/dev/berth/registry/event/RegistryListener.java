package dev.berth.registry.event;

/**
 * Wants to know what happens in a registry.
 *
 * <p>Called after the change is durable, from one thread at a time, in the order of the changes as far as one caller
 * made them. An exception or a slow listener neither fails nor delays the request; what cannot be delivered any more is
 * counted and dropped.
 */
@FunctionalInterface
public interface RegistryListener {

    /** Is told of an event. */
    void onEvent(RegistryEvent event);
}

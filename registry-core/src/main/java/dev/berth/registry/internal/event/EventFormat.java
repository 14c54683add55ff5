package dev.berth.registry.internal.event;

import dev.berth.registry.event.RegistryEvent;
import java.util.List;

/** A form in which other programs are told of events. Thread-safe. */
@FunctionalInterface
public interface EventFormat {

    /**
     * Returns the bodies of messages about these events, in their order: one for most forms, and none if there is nothing
     * that the form could say of them. The same for the same events, however often it is asked.
     */
    List<EventBody> bodies(List<RegistryEvent> events);
}

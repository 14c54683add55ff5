package dev.berth.registry.internal.event;

import dev.berth.registry.event.RegistryEvent;
import java.util.List;
import java.util.Optional;

/** A form in which other programs are told of events. Thread-safe. */
@FunctionalInterface
public interface EventFormat {

    /** Returns the body of a message about these events, or empty if there is nothing that the form could say of them. */
    Optional<EventBody> body(List<RegistryEvent> events);
}

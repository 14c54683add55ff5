package dev.berth.registry.compose;

import dev.berth.registry.event.RegistryEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/** Makes events: knows who acts, what time it is, and whom to tell. */
record Teller(EventQueue queue, InstantSource clock, String actor) {
    Teller {
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(clock, "clock");
    }

    /** What makes an event, given when it happened and who did it. */
    @FunctionalInterface
    interface Happening {
        RegistryEvent at(Instant instant, String actor);
    }

    void tell(Happening happening) {
        queue.add(happening.at(clock.instant(), actor));
    }
}

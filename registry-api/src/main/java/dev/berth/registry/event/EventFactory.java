package dev.berth.registry.event;

import dev.berth.registry.RepositoryName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/**
 * Creates events with the time of a clock and with ids that ascend in the order of creation. One factory serves a whole
 * process. Thread-safe.
 *
 * @since 0.1
 */
public final class EventFactory {
    private static final EventFactory SYSTEM = of(InstantSource.system());

    private final InstantSource clock;
    private final EventIds ids = new EventIds();

    private EventFactory(InstantSource clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** Returns the factory for the clock of the system, the same one in the whole process. */
    public static EventFactory system() {
        return SYSTEM;
    }

    /** Returns a new factory for a clock. */
    public static EventFactory of(InstantSource clock) {
        return new EventFactory(clock);
    }

    /** Returns a builder of an event that takes its id and its time from this factory, unless they are set. */
    public RegistryEvent.Builder event(EventType type, RepositoryName repository) {
        return new RegistryEvent.Builder(this, type, repository);
    }

    Instant now() {
        return clock.instant();
    }

    EventId nextId(Instant time) {
        return ids.next(time);
    }
}

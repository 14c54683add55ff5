package dev.berth.registry.host;

import dev.berth.registry.Registry;
import dev.berth.registry.access.RequestViews;
import dev.berth.registry.compose.EventSinks;
import dev.berth.registry.compose.Observed;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.EventFactory;
import dev.berth.registry.event.EventSink;
import dev.berth.registry.maintenance.scrub.ScrubListener;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Where the events of a registry go. Where nobody wants to be told, no events are made. */
final class HostEvents {
    private final Optional<EventSink> sink;
    private final EventContext process;
    private final EventFactory factory;

    HostEvents(List<EventSink> sinks, EventContext process, Optional<InstantSource> clock) {
        this.sink = sinks.isEmpty() ? Optional.empty() : Optional.of(EventSinks.allOf(sinks));
        this.process = process;
        this.factory = clock.map(EventFactory::of).orElseGet(EventFactory::system);
    }

    /** Returns views that tell what clients do. */
    RequestViews toldBy(RequestViews views) {
        return sink.map(told -> views.publishing(told, process, factory)).orElse(views);
    }

    /** Returns a registry that tells what is done through it by the process itself. */
    Registry toldBy(Registry registry, String actor) {
        return sink.map(told -> Observed.of(registry, by(actor), told, factory)).orElse(registry);
    }

    /** Returns what a scrub tells: which images are damaged. */
    ScrubListener scrubListener() {
        return sink.map(told -> ScrubListener.publishing(told, by("berth scrub"), factory))
                .orElseGet(() -> new ScrubListener() {});
    }

    private EventContext by(String actor) {
        return process.toBuilder().actor(actor).build();
    }
}

package dev.berth.examples.standalone.serve;

import dev.berth.registry.Registry;
import dev.berth.registry.access.RequestViews;
import dev.berth.registry.compose.Observed;
import dev.berth.registry.control.AccessControlBuilder;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.EventFactory;
import dev.berth.registry.event.EventSink;
import dev.berth.registry.maintenance.scrub.ScrubListener;
import java.util.Optional;

/**
 * Where the events of a server go: what clients do, what rules delete, what a scrub finds. Where nobody wants to be told, no
 * events are made.
 */
final class ServedEvents {
    private final Optional<EventSink> sink;
    private final EventContext process;

    private ServedEvents(Optional<EventSink> sink, EventContext process) {
        this.sink = sink;
        this.process = process;
    }

    /** Returns the events of a server that tells nobody. */
    static ServedEvents none() {
        return new ServedEvents(Optional.empty(), EventContext.none());
    }

    /**
     * Returns the events of a server that tells a sink.
     *
     * @param process what all events have in common
     */
    static ServedEvents to(EventSink sink, EventContext process) {
        return new ServedEvents(Optional.of(sink), process);
    }

    /**
     * Returns the events of a server that tells another sink as well, after this one: what this one cannot take is not told
     * to the other.
     *
     * @param common what all events have in common
     */
    ServedEvents and(EventSink other, EventContext common) {
        return new ServedEvents(
                Optional.of(sink.<EventSink>map(first -> events -> {
                            first.publish(events);
                            other.publish(events);
                        })
                        .orElse(other)),
                common);
    }

    /** Returns views that tell what clients do. */
    RequestViews toldBy(RequestViews views) {
        return sink.map(told -> views.publishing(told, process)).orElse(views);
    }

    /** Returns access control that tells what clients do. */
    AccessControlBuilder toldBy(AccessControlBuilder control) {
        return sink.map(told -> control.events(told, process)).orElse(control);
    }

    /**
     * Returns a registry that tells what is done through it by the server itself.
     *
     * @param work the actor, such as {@code berth retention}
     */
    Registry toldBy(Registry registry, String work) {
        return sink.map(told ->
                        Observed.of(registry, process.toBuilder().actor(work).build(), told))
                .orElse(registry);
    }

    /** Returns what a scrub tells: which images are damaged. */
    ScrubListener scrubListener() {
        return sink.map(told -> ScrubListener.publishing(
                        told, process.toBuilder().actor("berth scrub").build(), EventFactory.system()))
                .orElseGet(() -> new ScrubListener() {});
    }
}

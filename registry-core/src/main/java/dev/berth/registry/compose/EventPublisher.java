package dev.berth.registry.compose;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.EventFactory;
import dev.berth.registry.event.EventSink;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Creates the events of one {@link Observed} registry and publishes them to its sink. Thread-safe. */
record EventPublisher(EventSink sink, EventContext context, EventFactory factory) {
    EventPublisher {
        Objects.requireNonNull(sink, "sink");
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(factory, "factory");
    }

    /** Publishes an event after its specific properties have been set in its builder. */
    void publish(EventType type, RepositoryName repository, UnaryOperator<RegistryEvent.Builder> particulars) {
        sink.publish(particulars
                .apply(factory.event(type, repository).context(context))
                .build());
    }
}

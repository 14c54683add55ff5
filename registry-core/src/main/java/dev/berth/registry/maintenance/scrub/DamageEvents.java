package dev.berth.registry.maintenance.scrub;

import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.EventFactory;
import dev.berth.registry.event.EventSink;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import java.util.List;
import java.util.Objects;

/** Publishes lost content as events. */
final class DamageEvents implements ScrubListener {
    private final EventSink sink;
    private final EventContext context;
    private final EventFactory factory;

    DamageEvents(EventSink sink, EventContext context, EventFactory factory) {
        this.sink = Objects.requireNonNull(sink, "sink");
        this.context = Objects.requireNonNull(context, "context");
        this.factory = Objects.requireNonNull(factory, "factory");
    }

    @Override
    public void onFinding(ScrubFinding finding) {
        if (finding.problem().losesContent() && finding.digest().isPresent()) {
            List<RegistryEvent> events = finding.affected().stream()
                    .map(affected -> factory.event(EventType.BLOB_DAMAGED, affected.repository())
                            .context(context)
                            .digest(finding.digest().get())
                            .tags(affected.tags())
                            .build())
                    .toList();
            if (!events.isEmpty()) {
                sink.publish(events);
            }
        }
    }
}

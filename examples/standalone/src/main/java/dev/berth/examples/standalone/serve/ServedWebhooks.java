package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.storage.ObjectStore;
import java.util.Optional;

/**
 * The webhooks of a server. There are none if its storage is read-only, or has no endpoints and the settings have none
 * either: then nothing is written and nobody looks for events.
 */
final class ServedWebhooks implements AutoCloseable {
    private final Optional<StoredWebhooks> webhooks;
    private final ServedEvents events;

    private ServedWebhooks(Optional<StoredWebhooks> webhooks, ServedEvents events) {
        this.webhooks = webhooks;
        this.events = events;
    }

    /**
     * Returns the webhooks over a storage, in which endpoints are looked for. Nothing is delivered yet.
     *
     * @param metrics counts what is delivered
     */
    static ServedWebhooks over(ObjectStore store, Settings settings, ServedMetrics metrics) {
        if (settings.readOnly()) {
            return new ServedWebhooks(Optional.empty(), ServedEvents.none());
        }
        StoredWebhooks stored = StoredWebhooks.over(store, settings, metrics.deliveries());
        // Endpoints of other nodes count: whoever publishes keeps what they want.
        if (settings.notifications().endpoints().isEmpty() && stored.get().status().isEmpty()) {
            stored.close();
            return new ServedWebhooks(Optional.empty(), ServedEvents.none());
        }
        metrics.count(stored.get());
        EventContext process = EventContext.builder()
                .instance(HostName.here() + ":" + number(settings.listen().port()))
                .build();
        return new ServedWebhooks(Optional.of(stored), ServedEvents.to(stored.get(), process));
    }

    /** Returns what tells registries on one machine apart: the port, or the process if the port is any that is free. */
    private static long number(int port) {
        return port > 0 ? port : ProcessHandle.current().pid();
    }

    /** Returns where the events of the server go. */
    ServedEvents events() {
        return events;
    }

    /** Delivers from now on. */
    void start() {
        webhooks.ifPresent(stored -> stored.get().start());
    }

    /** To be called when nothing happens any more. What is not delivered waits in the storage. */
    @Override
    public void close() {
        webhooks.ifPresent(StoredWebhooks::close);
    }
}

package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.registry.RegistryException;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.webhook.Webhooks;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The webhooks of a server. There are none if its storage is read-only, or has no endpoints, the settings have none either, and
 * nobody can add one over HTTP: then nothing is written and nobody looks for events.
 */
final class ServedWebhooks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServedWebhooks.class);
    private static final Duration SHOWN_INTERVAL = Duration.ofSeconds(15);

    private final Optional<StoredWebhooks> webhooks;
    private final ServedEvents events;
    private final ServedMetrics metrics;
    private final BackgroundThread thread =
            new BackgroundThread("berth-notifications", LOG, "How deliveries go could not be shown in metrics");

    private ServedWebhooks(Optional<StoredWebhooks> webhooks, ServedEvents events, ServedMetrics metrics) {
        this.webhooks = webhooks;
        this.events = events;
        this.metrics = metrics;
    }

    /**
     * Returns the webhooks over a storage, in which endpoints are looked for. Nothing is delivered yet.
     *
     * @param metrics counts what is delivered
     */
    static ServedWebhooks over(ObjectStore store, Settings settings, ServedMetrics metrics) {
        if (settings.readOnly()) {
            return new ServedWebhooks(Optional.empty(), ServedEvents.none(), metrics);
        }
        StoredWebhooks stored = StoredWebhooks.over(
                store, settings, metrics.deliveries(), metrics.notifications().answers());
        // Endpoints of other nodes count: whoever publishes keeps what they want.
        if (settings.access().isEmpty()
                && settings.notifications().endpoints().isEmpty()
                && stored.get().status().isEmpty()) {
            stored.close();
            return new ServedWebhooks(Optional.empty(), ServedEvents.none(), metrics);
        }
        return new ServedWebhooks(Optional.of(stored), ServedEvents.to(stored.get(), process(settings)), metrics);
    }

    /** Returns what all events of this process have in common. */
    static EventContext process(Settings settings) {
        return EventContext.builder()
                .instance(HostName.here() + ":" + number(settings.listen().port()))
                .build();
    }

    /** Returns what tells registries on one machine apart: the port, or the process if the port is any that is free. */
    private static long number(int port) {
        return port > 0 ? port : ProcessHandle.current().pid();
    }

    /** Returns the webhooks, if there are any. */
    Optional<Webhooks> webhooks() {
        return webhooks.map(StoredWebhooks::get);
    }

    /** Returns where the events of the server go. */
    ServedEvents events() {
        return events;
    }

    /** Delivers from now on. */
    void start() {
        webhooks.ifPresent(stored -> {
            stored.get().start();
            if (metrics.shown()) {
                thread.repeat(Duration.ZERO, SHOWN_INTERVAL, () -> show(stored.get()));
            }
        });
    }

    private void show(Webhooks delivering) {
        try {
            metrics.notifications().show(delivering.status());
        } catch (RegistryException e) {
            LOG.debug("How deliveries go could not be read", e);
        }
    }

    /** To be called when nothing happens any more. What is not delivered waits in the storage. */
    @Override
    public void close() {
        boolean unused = thread.interrupt(Duration.ofSeconds(2));
        webhooks.ifPresent(StoredWebhooks::close);
    }
}

package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.webhook.Webhooks;
import java.util.Optional;

/**
 * The webhooks of a server. There are none if its storage is read-only, or has no endpoints, the settings have none either, and
 * nobody can add one over HTTP: then nothing is written and nobody looks for events.
 */
final class ServedWebhooks implements AutoCloseable {
    private final Optional<StoredWebhooks> webhooks;

    private ServedWebhooks(Optional<StoredWebhooks> webhooks) {
        this.webhooks = webhooks;
    }

    /**
     * Returns the webhooks over a storage, in which endpoints are looked for. Nothing is delivered yet.
     *
     * @param metrics counts what is delivered
     */
    static ServedWebhooks over(ObjectStore store, Settings settings, ServedMetrics metrics) {
        if (settings.readOnly()) {
            return new ServedWebhooks(Optional.empty());
        }
        StoredWebhooks stored = StoredWebhooks.over(store, settings, metrics.deliveries(), metrics.answers());
        // Endpoints of other nodes count: whoever publishes keeps what they want.
        if (settings.access().isEmpty()
                && settings.notifications().endpoints().isEmpty()
                && stored.get().status().isEmpty()) {
            stored.close();
            return new ServedWebhooks(Optional.empty());
        }
        return new ServedWebhooks(Optional.of(stored));
    }

    /** Returns the webhooks, if there are any. */
    Optional<Webhooks> get() {
        return webhooks.map(StoredWebhooks::get);
    }

    /** To be called when nothing happens any more. What is not delivered waits in the storage. */
    @Override
    public void close() {
        webhooks.ifPresent(StoredWebhooks::close);
    }
}

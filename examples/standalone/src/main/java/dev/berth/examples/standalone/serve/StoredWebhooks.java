package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.configuration.observability.NotificationSettings;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.webhook.DeliveryListener;
import dev.berth.registry.webhook.HttpWebhookSender;
import dev.berth.registry.webhook.WebhookEndpoint;
import dev.berth.registry.webhook.WebhookHttpOptions;
import dev.berth.registry.webhook.WebhookOptions;
import dev.berth.registry.webhook.Webhooks;
import java.util.function.ObjIntConsumer;

/** The webhooks over a storage, with the endpoints of the settings. Nothing is delivered before they are started. */
public final class StoredWebhooks implements AutoCloseable {
    private final HttpWebhookSender sender;
    private final Webhooks webhooks;

    private StoredWebhooks(HttpWebhookSender sender, Webhooks webhooks) {
        this.sender = sender;
        this.webhooks = webhooks;
    }

    /** Returns the webhooks over a storage. Does no I/O. */
    public static StoredWebhooks over(ObjectStore store, Settings settings) {
        return over(store, settings, new DeliveryListener() {}, (endpoint, status) -> {});
    }

    /**
     * Returns the webhooks over a storage. Does no I/O.
     *
     * @param listener is told how the delivery goes; it is logged as well
     * @param answers is told the status of each answer
     */
    static StoredWebhooks over(
            ObjectStore store, Settings settings, DeliveryListener listener, ObjIntConsumer<WebhookEndpoint> answers) {
        NotificationSettings notifications = settings.notifications();
        HttpWebhookSender sender = HttpWebhookSender.of(WebhookHttpOptions.builder()
                .allowInside(notifications.allowInside().toArray(String[]::new))
                .onAnswer(answers)
                .build());
        return new StoredWebhooks(
                sender,
                Webhooks.over(
                        store,
                        WebhookOptions.builder(sender)
                                .endpoints(notifications.endpoints())
                                .listener(listener)
                                .build()));
    }

    /** Returns the webhooks. */
    public Webhooks get() {
        return webhooks;
    }

    /** Ends deliveries after the messages that are being sent. What is not delivered waits in the storage. */
    @Override
    public void close() {
        webhooks.close();
        sender.close();
    }
}

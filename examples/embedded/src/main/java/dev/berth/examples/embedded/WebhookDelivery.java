package dev.berth.examples.embedded;

import dev.berth.registry.webhook.EventFilter;
import dev.berth.registry.webhook.HttpWebhookSender;
import dev.berth.registry.webhook.WebhookEndpoint;
import dev.berth.registry.webhook.WebhookHttpOptions;
import dev.berth.registry.webhook.WebhookSecret;
import java.net.URI;

/** Tells another program what happens in some repositories, with signed messages. */
final class WebhookDelivery {
    private WebhookDelivery() {}

    /** Returns a receiver of the pushes and deletions of a team. The secret is that of a specification, and known to all. */
    static WebhookEndpoint endpoint() {
        return WebhookEndpoint.builder("deploy", URI.create("https://hooks.example/berth"))
                .filter(EventFilter.builder()
                        .repositories("team/**")
                        .actions("push", "delete")
                        .build())
                .secrets(WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
                .build();
    }

    /** Returns what sends messages, also to receivers inside that are named. */
    static HttpWebhookSender sender() {
        WebhookHttpOptions options = WebhookHttpOptions.builder()
                .allowInside("hooks.internal", "10.1.0.0/16")
                .build();
        return HttpWebhookSender.of(options);
    }
}

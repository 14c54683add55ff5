package dev.berth.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.webhook.SendResult;
import dev.berth.registry.webhook.WebhookEndpoint;
import dev.berth.registry.webhook.WebhookMessage;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link WebhookDelivery}. */
class WebhookDeliveryTest {
    private static RegistryEvent event(EventType type, String repository) {
        return RegistryEvent.builder(type, RepositoryName.parse(repository)).build();
    }

    @Test
    void getsThePushesAndDeletionsOfATeam() {
        WebhookEndpoint endpoint = WebhookDelivery.endpoint();

        assertThat(endpoint.filter().matches(event(EventType.TAG_SET, "team/app")))
                .isTrue();
        assertThat(endpoint.filter().matches(event(EventType.TAG_DELETED, "team/app")))
                .isTrue();
        assertThat(endpoint.filter().matches(event(EventType.MANIFEST_PULLED, "team/app")))
                .isFalse();
        assertThat(endpoint.filter().matches(event(EventType.TAG_SET, "other"))).isFalse();
    }

    @Test
    void sendsNothingToThisMachine() {
        WebhookEndpoint here =
                WebhookEndpoint.builder("here", URI.create("http://127.0.0.1/")).build();
        WebhookMessage message = new WebhookMessage("1", List.of(event(EventType.TAG_SET, "team/app")));
        try (var sender = WebhookDelivery.sender()) {
            assertThat(sender.send(here, message)).isInstanceOf(SendResult.Failed.class);
        }
    }
}

package dev.berth.registry.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.event.EventFactory;
import dev.berth.registry.event.EventType;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Endpoints that two nodes change at the same time. */
class EndpointChangeTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final ObjectStore store = MemoryObjectStore.create();
    private final Webhooks one = node();
    private final Webhooks another = node();

    private Webhooks node(WebhookEndpoint... configured) {
        return Webhooks.over(
                store,
                WebhookOptions.builder((endpoint, message) -> new SendResult.Gone())
                        .endpoints(configured)
                        .clock(() -> NOW)
                        .build());
    }

    private static WebhookEndpoint endpoint(String url) {
        return WebhookEndpoint.builder("deploy", URI.create(url)).build();
    }

    @Test
    void anEndpointIsNotPutInPlaceOfAnotherThanWasSeen() {
        WebhookEndpoint first = endpoint("https://hooks.example/1");
        WebhookEndpoint second = endpoint("https://hooks.example/2");
        assertThat(one.putIfUnchanged(first, Optional.of(second))).isFalse();
        assertThat(one.putIfUnchanged(first, Optional.empty())).isTrue();
        assertThat(another.endpoints()).containsExactly(first);
        assertThat(another.putIfUnchanged(second, Optional.of(first))).isTrue();
        assertThat(one.putIfUnchanged(first, Optional.of(first))).isFalse();
        assertThat(one.putIfUnchanged(first, Optional.empty())).isFalse();
        // The refusal has told it what there is.
        assertThat(one.endpoints()).containsExactly(second);
        assertThat(one.removeIfUnchanged(first)).isFalse();
        assertThat(one.removeIfUnchanged(second)).isTrue();
        assertThat(one.removeIfUnchanged(second)).isFalse();
    }

    @Test
    void oneOfTheConfigurationIsNotChanged() {
        WebhookEndpoint configured = endpoint("https://hooks.example/1");
        Webhooks node = node(configured);
        assertThatThrownBy(() -> node.putIfUnchanged(endpoint("https://hooks.example/2"), Optional.of(configured)))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DENIED));
        assertThatThrownBy(() -> node.removeIfUnchanged(configured))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DENIED));
    }

    @Test
    void oneThatWasDisabledStaysSo() {
        WebhookEndpoint first = endpoint("https://hooks.example/1");
        WebhookEndpoint second = endpoint("https://hooks.example/2");
        one.put(first);
        one.publish(List.of(EventFactory.of(() -> NOW)
                .event(EventType.TAG_DELETED, RepositoryName.parse("team/app"))
                .build()));
        for (int i = 0; i < 3; i++) {
            Instant unused = one.runOnce();
        }
        assertThat(one.status("deploy")).map(WebhookStatus::state).hasValue(WebhookStatus.State.DISABLED);
        assertThat(one.putIfUnchanged(second, Optional.of(first))).isTrue();
        assertThat(one.status("deploy")).map(WebhookStatus::state).hasValue(WebhookStatus.State.DISABLED);
        assertThat(one.enable("deploy")).isTrue();
        assertThat(one.status("deploy")).map(WebhookStatus::state).hasValue(WebhookStatus.State.ACTIVE);
        assertThat(one.status("nothing")).isEmpty();
    }
}

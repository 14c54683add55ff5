package dev.berth.registry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.webhook.DeliveryListener;
import dev.berth.registry.webhook.SendResult;
import dev.berth.registry.webhook.WebhookEndpoint;
import dev.berth.registry.webhook.WebhookMessage;
import dev.berth.registry.webhook.WebhookStatus;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NotificationMetricsTest {
    static final WebhookEndpoint ENDPOINT = WebhookEndpoint.builder("ci", URI.create("https://hooks.example/berth"))
            .build();

    private static final Map<Class<?>, Object> VALUES = Map.of(
            String.class,
            "ci",
            int.class,
            3,
            Instant.class,
            Instant.EPOCH,
            WebhookEndpoint.class,
            ENDPOINT,
            WebhookMessage.class,
            new WebhookMessage(
                    "1",
                    List.of(RegistryEvent.builder(EventType.TAG_SET, RepositoryName.parse("team/app"))
                            .build())),
            SendResult.class,
            new SendResult.Delivered(),
            SendResult.Failed.class,
            SendResult.Failed.of("no"));

    private final Metrics metrics = new Metrics();
    private final NotificationMetrics notifications = NotificationMetrics.of(metrics);

    static WebhookStatus status(String name, WebhookStatus.State state) {
        return new WebhookStatus(
                name,
                true,
                state,
                5,
                Optional.of(Instant.ofEpochSecond(100)),
                1,
                2,
                3,
                4,
                Optional.empty(),
                Optional.empty());
    }

    /** Also of what is added to the interface later. */
    @Test
    void everythingIsCountedAndToldToTheOtherListener() throws Exception {
        List<String> told = new ArrayList<>();
        DeliveryListener other = (DeliveryListener) Proxy.newProxyInstance(
                DeliveryListener.class.getClassLoader(),
                new Class<?>[] {DeliveryListener.class},
                (proxy, method, given) -> {
                    told.add(method.getName() + Arrays.toString(given));
                    return null;
                });
        DeliveryListener listener = notifications.listener(other);
        for (Method method : DeliveryListener.class.getDeclaredMethods()) {
            if (method.isSynthetic() || Modifier.isStatic(method.getModifiers())) {
                continue;
            }
            told.clear();
            Object[] arguments =
                    Arrays.stream(method.getParameterTypes()).map(VALUES::get).toArray();
            method.invoke(listener, arguments);
            assertThat(told).containsExactly(method.getName() + Arrays.toString(arguments));
        }
        assertThat(metrics.toText())
                .contains(
                        "registry_notifications_events_total{endpoint=\"ci\",type=\"Events\"} 3\n",
                        "registry_notifications_events_total{endpoint=\"ci\",type=\"Successes\"} 1\n",
                        "registry_notifications_events_total{endpoint=\"ci\",type=\"Failures\"} 1\n",
                        "registry_notifications_events_total{endpoint=\"ci\",type=\"GivenUp\"} 3\n",
                        "registry_notifications_events_total{endpoint=\"ci\",type=\"Dropped\"} 3\n");
    }

    @Test
    void answersAreCountedByTheirStatus() {
        notifications.answers().accept(ENDPOINT, 200);
        notifications.answers().accept(ENDPOINT, 503);
        notifications.answers().accept(ENDPOINT, 503);

        assertThat(metrics.toText())
                .contains(
                        "registry_notifications_status_total{code=\"200\",endpoint=\"ci\"} 1\n",
                        "registry_notifications_status_total{code=\"503\",endpoint=\"ci\"} 2\n");
    }

    @Test
    void theStatusIsShownUntilTheEndpointIsGone() {
        notifications.show(List.of(
                status("a", WebhookStatus.State.ACTIVE),
                status("b", WebhookStatus.State.FAILING),
                status("c", WebhookStatus.State.INACTIVE)));
        assertThat(metrics.toText())
                .contains(
                        "registry_notifications_pending{endpoint=\"a\"} 5\n",
                        "registry_notifications_oldest_pending_timestamp_seconds{endpoint=\"a\"} 100\n",
                        "registry_notifications_dead_letters{endpoint=\"a\"} 4\n",
                        "registry_notifications_endpoint_up{endpoint=\"a\"} 1\n",
                        "registry_notifications_endpoint_up{endpoint=\"b\"} 0\n",
                        "registry_notifications_endpoint_up{endpoint=\"c\"} 1\n");
        notifications.show(List.of(status("b", WebhookStatus.State.DISABLED)));
        assertThat(metrics.toText())
                .doesNotContain("endpoint=\"a\"")
                .contains("registry_notifications_endpoint_up{endpoint=\"b\"} 0\n");
    }
}

package dev.berth.registry.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.compose.EventSinks;
import dev.berth.registry.event.EventSink;
import dev.berth.registry.event.RegistryEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventListenersTest {
    private final DeliveryWorld world = new DeliveryWorld();
    private final List<RegistryEvent> heard = new ArrayList<>();

    @Test
    void aListenerGetsTheEventsOfItsFilterInOrder() {
        EventListeners listeners = EventListeners.builder(Runnable::run)
                .add("team", EventFilter.builder().repositories("team/*").build(), heard::add)
                .build();
        List<RegistryEvent> events =
                List.of(world.change("team/a"), world.change("other"), world.read("team/a"), world.change("team/b"));

        listeners.publish(events);

        assertThat(heard).containsExactly(events.get(0), events.get(3));
    }

    @Test
    void aListenerThatFailsOrIsSlowHarmsNoOther() {
        Deque<Runnable> slow = new ArrayDeque<>();
        EventListeners listeners = EventListeners.builder(slow::add)
                .add("failing", EventFilter.changes(), event -> {
                    throw new IllegalStateException("no");
                })
                .add("bounded", EventFilter.changes(), heard::add, 2)
                .build();

        for (int i = 0; i < 5; i++) {
            listeners.publish(world.change("app"));
        }
        slow.forEach(Runnable::run);

        assertThat(heard).hasSize(2);
        assertThat(listeners.dropped("bounded")).isEqualTo(3);
        assertThat(listeners.failed("failing")).isEqualTo(5);
        assertThat(listeners.dropped("failing")).isZero();
    }

    @Test
    void listenersLearnOfTheChangeIfTheStoreFails() {
        DeliveryWorld.Node node = world.node(DeliveryWorld.endpoint("a"));
        node.store.fail(true);
        EventListeners listeners = EventListeners.builder(Runnable::run)
                .add("all", EventFilter.changes(), heard::add)
                .build();
        EventSink sink = EventSinks.allOf(node.webhooks, listeners);

        assertThatThrownBy(() -> sink.publish(world.change("app")))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));

        assertThat(heard).hasSize(1);
    }
}

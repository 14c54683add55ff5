package dev.berth.registry.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.fixtures.NodeStore;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.PutCondition;
import dev.berth.registry.webhook.SendResult.Delivered;
import dev.berth.registry.webhook.SendResult.Failed;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds while nodes die, are held up, and have other clocks. */
@Tag("any-jdk")
class SeveralNodesTest {
    private static final WebhookEndpoint A = DeliveryWorld.endpoint("a");
    private static final WebhookEndpoint B = DeliveryWorld.endpoint("b");

    private static void assertAllInOrder(DeliveryWorld world, String as) {
        for (String endpoint : List.of("a", "b")) {
            world.acknowledged.forEach((repository, ids) -> {
                List<String> got = new ArrayList<>(world.firsts(endpoint, repository));
                got.retainAll(ids);
                assertThat(got).as(as + ", " + repository + " at " + endpoint).isEqualTo(ids);
            });
        }
        assertThat(world.left()).as(as).isEmpty();
    }

    /** A push on another node, right after one, whose clock is behind. */
    @Test
    void clocksOfNodesMayDiffer() {
        DeliveryWorld world = new DeliveryWorld();
        DeliveryWorld.Node ahead = world.node(Duration.ofHours(5), builder -> builder.endpoints(A, B));
        DeliveryWorld.Node behind = world.node(Duration.ofDays(-2), builder -> builder.endpoints(A, B));
        DeliveryWorld.Node right = world.node(A, B);
        for (int i = 0; i < 20; i++) {
            ahead.push("app");
            behind.push("app");
            right.push("app");
            world.advance(Duration.ofMillis(1));
            if (i % 5 == 0) {
                world.run();
            }
        }
        world.pass(Duration.ofMinutes(1));

        assertAllInOrder(world, "skew");
    }

    /** The clock is set back between two lives of a process that alone has the store. */
    @Test
    void aClockThatIsSetBackHarmsNothing() {
        DeliveryWorld world = new DeliveryWorld();
        world.node(Duration.ofHours(5), builder -> builder.endpoints(A, B).sharedStore(false))
                .push("app");
        world.nodes.clear();
        world.node(Duration.ZERO, builder -> builder.endpoints(A, B).sharedStore(false))
                .push("app");
        world.pass(Duration.ofMinutes(1));

        assertAllInOrder(world, "set back");
    }

    @Test
    void aNodeThatDiesAtAnyCallLosesAndReordersNothing() {
        int calls = script(Integer.MAX_VALUE, false);
        for (int n = 1; n <= calls; n++) {
            script(n, false);
            script(n, true);
        }
        assertThat(calls).isGreaterThan(100);
    }

    /** Two nodes; the first dies at its nth call while it publishes and delivers, and the second one goes on. */
    private static int script(int n, boolean after) {
        DeliveryWorld world = new DeliveryWorld();
        DeliveryWorld.Node first = world.node(A, B);
        DeliveryWorld.Node second = world.node(A, B);
        List<String> refused = new ArrayList<>();
        world.receiver =
                (endpoint, message) -> refused.contains(message.id()) ? Failed.of("status 500") : new Delivered();
        first.store.dieAt(n, after);
        for (int i = 0; i < 12; i++) {
            for (DeliveryWorld.Node node : List.of(first, second)) {
                if (!node.store.isDead()) {
                    try {
                        String id = node.push("repo" + i % 3).id().value();
                        if (i == 2) {
                            refused.add(id);
                        }
                    } catch (NodeStore.Died e) {
                        // It was not acknowledged.
                    }
                }
            }
            world.pass(Duration.ofSeconds(i % 4));
        }
        int calls = first.store.number();
        refused.clear();
        world.pass(Duration.ofMinutes(10), Duration.ofSeconds(5));
        assertAllInOrder(world, "death at call " + n + (after ? " after" : " before"));
        return calls;
    }

    /** The first node stands still in the middle of a call for longer than its lease, and then goes on. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aNodeThatIsHeldUpAtAnyCallLosesAndReordersNothing(boolean after) throws InterruptedException {
        for (int n = 1; n <= 120; n++) {
            DeliveryWorld world = new DeliveryWorld();
            DeliveryWorld.Node first = world.node(A, B);
            DeliveryWorld.Node second = world.node(A, B);
            List<String> refused = new ArrayList<>();
            world.receiver =
                    (endpoint, message) -> refused.contains(message.id()) ? Failed.of("status 500") : new Delivered();
            first.push("one");
            refused.add(first.push("two").id().value());
            first.push("one");
            first.store.holdAt(n, after);
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 6; i++) {
                    first.run();
                    world.advance(Duration.ofSeconds(2));
                }
            });
            thread.start();
            boolean held = false;
            while (thread.isAlive() && !held) {
                held = first.store.held.tryAcquire(10, TimeUnit.MILLISECONDS);
            }
            if (held) {
                for (int i = 0; i < 50; i++) {
                    second.run();
                    world.advance(Duration.ofSeconds(1));
                    if (i % 10 == 0) {
                        second.push("one");
                        second.push("two");
                    }
                }
                first.store.goOn.release();
            }
            thread.join();
            first.store.holdAt(Integer.MAX_VALUE / 2, after);
            second.push("one");
            refused.clear();
            world.pass(Duration.ofMinutes(10), Duration.ofSeconds(2));
            assertAllInOrder(world, "held up at call " + n);
        }
    }

    /** A put that began early, with an early name, is seen after later ones were delivered. */
    @Test
    void anEntryThatAppearsLateIsDelivered() throws IOException {
        DeliveryWorld world = new DeliveryWorld();
        DeliveryWorld.Node node = world.node(A, B);
        node.push("app");
        String early = world.names("_berth/events/log/").get(0);
        byte[] content = read(world, early);
        world.store.delete(ObjectKey.of(early));
        for (int i = 0; i < 5; i++) {
            node.push("other");
        }
        world.pass(Duration.ofMinutes(1));
        assertThat(world.firsts("a", "other")).hasSize(5);

        world.store.put(ObjectKey.of(early), content, PutCondition.always());
        world.pass(Duration.ofMinutes(1));

        assertAllInOrder(world, "late");
    }

    private static byte[] read(DeliveryWorld world, String name) throws IOException {
        try (var content = world.store.open(ObjectKey.of(name)).orElseThrow()) {
            return content.stream().readAllBytes();
        }
    }

    @Test
    void aStoreThatFailsNowAndThenLosesAndReordersNothing() {
        for (int every = 7; every < 40; every += 3) {
            DeliveryWorld world = new DeliveryWorld();
            DeliveryWorld.Node node = world.node(A, B);
            DeliveryWorld.Node other = world.node(A, B);
            node.store.failEvery(every);
            for (int i = 0; i < 20; i++) {
                other.push("repo" + i % 3);
                world.pass(Duration.ofSeconds(2));
            }
            world.pass(Duration.ofMinutes(5), Duration.ofSeconds(5));
            assertAllInOrder(world, "a failure in " + every + " calls");
        }
    }

    @Test
    void anotherNodeTakesOverWithinALease() {
        DeliveryWorld world = new DeliveryWorld();
        DeliveryWorld.Node first = world.node(A, B);
        DeliveryWorld.Node second = world.node(A, B);
        world.pass(Duration.ofSeconds(15));
        first.store.die();

        second.push("app");
        world.pass(Duration.ofSeconds(55));

        assertThat(world.receivedBy("a")).isEqualTo(1);
    }

    @Test
    void oneNodeAtATimeDeliversToAnEndpoint() {
        DeliveryWorld world = new DeliveryWorld();
        DeliveryWorld.Node first = world.node(A, B);
        DeliveryWorld.Node second = world.node(A, B);
        for (int i = 0; i < 100; i++) {
            (i % 2 == 0 ? first : second).push("app");
            world.pass(Duration.ofSeconds(i % 3));
        }
        world.pass(Duration.ofSeconds(30));

        assertThat(world.receivedBy("a"))
                .as("without a failure nothing is repeated")
                .isEqualTo(100);
        assertAllInOrder(world, "two nodes");
    }
}

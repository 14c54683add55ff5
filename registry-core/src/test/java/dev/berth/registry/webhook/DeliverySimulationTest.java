package dev.berth.registry.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.RegistryException;
import dev.berth.registry.fixtures.NodeStore;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.webhook.SendResult.Delivered;
import dev.berth.registry.webhook.SendResult.Failed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens, each endpoint gets each acknowledged event, in order, and then nothing is left. */
@Tag("any-jdk")
class DeliverySimulationTest {
    private static final String SEED = "berth.test.seed";
    private static final int SEEDS = 100;

    static LongStream seeds() {
        return System.getProperty(SEED) == null ? LongStream.range(0, SEEDS) : LongStream.of(Long.getLong(SEED));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everythingArrivesInOrder(long seed) {
        new Run(seed).run();
    }

    private static final class Run {
        private final long seed;
        private final Random random;
        private final DeliveryWorld world;
        private final Set<String> refused = new HashSet<>();
        private Instant awayUntil = Instant.EPOCH;
        private boolean politely;

        Run(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.world = new DeliveryWorld(MemoryObjectStore.create(), seed);
            world.receiver = this::receive;
        }

        private SendResult receive(WebhookEndpoint endpoint, WebhookMessage message) {
            if (endpoint.name().equals("a") && world.now().isBefore(awayUntil)) {
                return politely
                        ? new Failed("status 503", Optional.of(Duration.ofSeconds(1 + random.nextInt(100))))
                        : Failed.of("down");
            }
            if (refused.contains(message.id())) {
                return Failed.of("status 400");
            }
            if (random.nextInt(20) == 0) {
                return Failed.of("timeout, or not");
            }
            return new Delivered();
        }

        private void startNode() {
            world.node(
                    Duration.ofMillis(random.nextInt(20_000) - 10_000),
                    builder -> builder.endpoints(DeliveryWorld.endpoint("a"), DeliveryWorld.endpoint("b"))
                            .parallel(1 + random.nextInt(3)));
        }

        void run() {
            startNode();
            startNode();
            int steps = 30 + random.nextInt(120);
            for (int i = 0; i < steps; i++) {
                step();
            }
            refused.clear();
            awayUntil = Instant.EPOCH;
            world.nodes.forEach(node -> node.store.failEvery(0));
            world.nodes.forEach(node -> node.store.dieAt(Integer.MAX_VALUE / 2, false));
            if (world.nodes.stream().allMatch(node -> node.store.isDead())) {
                startNode();
            }
            world.pass(Duration.ofMinutes(10), Duration.ofSeconds(5));
            world.pass(Duration.ofHours(4), Duration.ofMinutes(1));
            String as = "seed " + seed;
            for (String endpoint : List.of("a", "b")) {
                world.acknowledged.forEach((repository, ids) -> {
                    List<String> got = new ArrayList<>(world.firsts(endpoint, repository));
                    got.retainAll(ids);
                    assertThat(got)
                            .as(as + ", " + repository + " at " + endpoint)
                            .isEqualTo(ids);
                });
            }
            assertThat(world.left()).as(as).isEmpty();
        }

        private void step() {
            DeliveryWorld.Node node = world.nodes.get(random.nextInt(world.nodes.size()));
            switch (random.nextInt(14)) {
                case 0, 1, 2, 3, 4, 5 -> push(node);
                case 6, 7 -> node.run();
                case 8 -> world.pass(Duration.ofSeconds(random.nextInt(20)));
                case 9 -> world.pass(Duration.ofSeconds(random.nextInt(600)), Duration.ofSeconds(5));
                case 10 -> {
                    if (random.nextInt(3) == 0) {
                        awayUntil = world.now().plusSeconds(random.nextInt(4000));
                        politely = random.nextBoolean();
                    }
                }
                case 11 -> node.store.dieAt(1 + random.nextInt(60), random.nextBoolean());
                case 12 -> node.store.failEvery(random.nextInt(3) == 0 ? 3 + random.nextInt(20) : 0);
                default -> {
                    if (random.nextBoolean()) {
                        node.webhooksClose();
                    }
                    startNode();
                }
            }
        }

        private void push(DeliveryWorld.Node node) {
            if (node.store.isDead()) {
                return;
            }
            try {
                for (int i = random.nextInt(4); i >= 0; i--) {
                    String id = node.push("repo" + random.nextInt(5)).id().value();
                    if (random.nextInt(15) == 0) {
                        refused.add(id);
                    }
                }
            } catch (RegistryException | NodeStore.Died e) {
                // It was not acknowledged.
            }
            world.advance(Duration.ofMillis(random.nextInt(3)));
        }
    }
}

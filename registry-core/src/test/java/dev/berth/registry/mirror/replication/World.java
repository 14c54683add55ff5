package dev.berth.registry.mirror.replication;

import dev.berth.registry.Registry;
import dev.berth.registry.engine.SettableClock;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.fixtures.NodeStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Places, nodes that replicate between them, and a clock that moves when it is told to. */
final class World {
    static final Duration INTERVAL = Duration.ofMinutes(15);

    final SettableClock clock = new SettableClock();
    final List<Node> nodes = new ArrayList<>();
    private long places;

    Place place(String name) {
        return new Place(name, places++);
    }

    /** A process that replicates. */
    final class Node {
        final Place home;
        final NodeStore store;
        final Replication replication;
        /** Whether it hears of changes. */
        boolean hears = true;

        private final Consumer<RegistryEvent> listener = event -> {
            if (hears && !isDead()) {
                replication().onEvent(event);
            }
        };

        Node(Place home, Registry local, UnaryOperator<Replication.Builder> settings) {
            this.home = home;
            this.store = new NodeStore(home.store);
            this.replication = settings.apply(Replication.builder(local, store)
                            .clock(clock)
                            .nanoTime(() -> Duration.between(Instant.EPOCH, clock.instant())
                                    .toNanos())
                            .random(() -> 0.5)
                            .parallelism(1)
                            .executor(Runnable::run))
                    .build();
            home.listeners.add(listener);
        }

        private Replication replication() {
            return replication;
        }

        boolean isDead() {
            return store.isDead();
        }

        /** Ends it as a crash does. */
        void die() {
            store.die();
            home.listeners.remove(listener);
        }

        /** Does all that can be done now; a node that dies meanwhile is dead. */
        void run() {
            if (!isDead()) {
                try {
                    replication.step();
                } catch (NodeStore.Died e) {
                    die();
                }
            }
        }

        ReplicationStatus status(String rule) {
            return replication.status().stream()
                    .filter(status -> status.rule().equals(rule))
                    .findFirst()
                    .orElseThrow();
        }

        ReplicationStatus status() {
            return replication.status().get(0);
        }
    }

    /** A node of a place that works on the registry there without anything in between. */
    Node node(Place home, UnaryOperator<Replication.Builder> settings) {
        return node(home, home.registry, settings);
    }

    Node node(Place home, Registry local, UnaryOperator<Replication.Builder> settings) {
        Node node = new Node(home, local, settings);
        nodes.add(node);
        return node;
    }

    void run() {
        List.copyOf(nodes).forEach(Node::run);
    }

    /** Lets time pass, in steps in which all nodes run. */
    void pass(Duration time, Duration step) {
        Instant end = clock.instant().plus(time);
        run();
        while (clock.instant().isBefore(end)) {
            clock.advance(step);
            run();
        }
    }

    /** Lets time pass until everything was compared again. */
    void passInterval() {
        pass(INTERVAL.plusMinutes(1), Duration.ofSeconds(30));
    }
}

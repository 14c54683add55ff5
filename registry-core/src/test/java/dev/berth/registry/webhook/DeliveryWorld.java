package dev.berth.registry.webhook;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.event.EventFactory;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.fixtures.NodeStore;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Nodes over one store, receivers, and a clock that moves when it is told to. */
final class DeliveryWorld {
    final ObjectStore store;
    final List<Node> nodes = new ArrayList<>();
    final Map<String, List<WebhookMessage>> received = new LinkedHashMap<>();
    final Map<String, List<Instant>> attempts = new LinkedHashMap<>();
    final Map<String, List<String>> acknowledged = new LinkedHashMap<>();
    final List<String> told = new ArrayList<>();
    BiFunction<WebhookEndpoint, WebhookMessage, SendResult> receiver =
            (endpoint, message) -> new SendResult.Delivered();
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private final EventFactory events = EventFactory.of(() -> now);
    private final Random random;

    DeliveryWorld() {
        this(MemoryObjectStore.create(), 0);
    }

    DeliveryWorld(ObjectStore store, long seed) {
        this.store = store;
        this.random = new Random(seed);
    }

    /** A process. */
    final class Node {
        final NodeStore store = new NodeStore(DeliveryWorld.this.store);
        final Webhooks webhooks;

        Node(Duration skew, UnaryOperator<WebhookOptions.Builder> options) {
            this.webhooks = Webhooks.over(
                    store,
                    options.apply(WebhookOptions.builder(DeliveryWorld.this::send)
                                    .listener(listener())
                                    .clock(() -> now.plus(skew))
                                    .nanoTime(() ->
                                            Duration.between(Instant.EPOCH, now).toNanos())
                                    .random(random::nextDouble))
                            .build());
        }

        /** Does all that can be done now; a node that dies meanwhile is dead. */
        void run() {
            if (!store.isDead()) {
                try {
                    webhooks.runOnce();
                } catch (NodeStore.Died e) {
                    // Others go on.
                }
            }
        }

        /** Ends it as an operator does, if it is not dead already. */
        void webhooksClose() {
            if (!store.isDead()) {
                try {
                    webhooks.close();
                } catch (NodeStore.Died e) {
                    return;
                }
                store.die();
            }
        }

        /** Publishes a change, and notes that it was acknowledged. */
        RegistryEvent push(String repository) {
            RegistryEvent event = change(repository);
            webhooks.publish(event);
            acknowledged
                    .computeIfAbsent(repository, any -> new ArrayList<>())
                    .add(event.id().value());
            return event;
        }
    }

    private DeliveryListener listener() {
        return new DeliveryListener() {
            @Override
            public void onGivenUp(String endpoint, int messages, String reason) {
                told.add("given up " + endpoint + " " + messages);
            }

            @Override
            public void onDropped(String endpoint, int messages, String reason) {
                told.add("dropped " + endpoint + " " + messages);
            }

            @Override
            public void onDisabled(WebhookEndpoint endpoint, String reason) {
                told.add("disabled " + endpoint.name());
            }
        };
    }

    private synchronized SendResult send(WebhookEndpoint endpoint, WebhookMessage message) {
        attempts.computeIfAbsent(endpoint.name(), any -> new ArrayList<>()).add(now);
        SendResult result = receiver.apply(endpoint, message);
        if (result instanceof SendResult.Delivered) {
            received.computeIfAbsent(endpoint.name(), any -> new ArrayList<>()).add(message);
        }
        return result;
    }

    static WebhookEndpoint endpoint(String name) {
        return WebhookEndpoint.builder(name, URI.create("https://hooks.example/" + name))
                .build();
    }

    Node node(WebhookEndpoint... endpoints) {
        return node(Duration.ZERO, builder -> builder.endpoints(endpoints));
    }

    Node node(Duration skew, UnaryOperator<WebhookOptions.Builder> options) {
        Node node = new Node(skew, options);
        nodes.add(node);
        return node;
    }

    RegistryEvent change(String repository) {
        return change(repository, "latest");
    }

    RegistryEvent change(String repository, String tag) {
        return events.event(EventType.TAG_DELETED, RepositoryName.parse(repository))
                .tags(Tag.parse(tag))
                .build();
    }

    RegistryEvent read(String repository) {
        return events.event(EventType.MANIFEST_PULLED, RepositoryName.parse(repository))
                .build();
    }

    Instant now() {
        return now;
    }

    void advance(Duration time) {
        now = now.plus(time);
    }

    /** Lets time pass in steps of a second, in which all nodes run. */
    void pass(Duration time) {
        pass(time, Duration.ofSeconds(1));
    }

    void pass(Duration time, Duration step) {
        Instant end = now.plus(time);
        run();
        while (now.isBefore(end)) {
            now = now.plus(step);
            run();
        }
    }

    void run() {
        List.copyOf(nodes).forEach(Node::run);
    }

    /** Returns the ids of the messages that an endpoint has got about a repository, each once: when it got it first. */
    List<String> firsts(String endpoint, String repository) {
        LinkedHashSet<String> ids = new LinkedHashSet<>();
        for (WebhookMessage message : received.getOrDefault(endpoint, List.of())) {
            if (message.events().get(0).repository().value().equals(repository)) {
                ids.add(message.id());
            }
        }
        return List.copyOf(ids);
    }

    int receivedBy(String endpoint) {
        return received.getOrDefault(endpoint, List.of()).size();
    }

    int attemptsAt(String endpoint) {
        return attempts.getOrDefault(endpoint, List.of()).size();
    }

    /** Returns what the store has of events, beside who has a lease and which endpoints there are. */
    List<String> left() {
        List<String> names = new ArrayList<>(names("_berth/events/"));
        names.removeIf(name -> name.startsWith("_berth/events/leases/") || name.equals("_berth/events/endpoints"));
        return names;
    }

    List<String> names(String prefix) {
        try {
            List<String> names = new ArrayList<>();
            ListRequest request = ListRequest.tree(KeyPrefix.of(prefix));
            while (true) {
                ListPage page = store.list(request);
                names.addAll(page.names());
                if (page.last()) {
                    return names;
                }
                request = request.after(names.get(names.size() - 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

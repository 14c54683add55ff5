package dev.berth.registry.scan.service;

import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.compose.Observed;
import dev.berth.registry.engine.SettableClock;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.EventSink;
import dev.berth.registry.fixtures.NodeStore;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.scan.report.Verdict;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** A registry whose images are scanned by nodes over its store, and a clock that moves when it is told to. */
final class ScanWorld {
    final SettableClock clock = new SettableClock();
    final MemoryObjectStore store = MemoryObjectStore.builder().clock(clock).build();
    final StorageRegistry registry = StorageRegistry.over(store);
    final SampleImages images = new SampleImages(7);
    final TestScanner scanner = new TestScanner(clock);
    final List<Node> nodes = new ArrayList<>();

    /** A process that scans, and serves the registry. */
    final class Node {
        final NodeStore store = new NodeStore(ScanWorld.this.store);
        final ScanService scans;
        final Registry registry;

        Node(UnaryOperator<ScanServiceBuilder> settings) {
            this.scans = settings.apply(ScanService.builder(ScanWorld.this.registry, store, scanner)
                            .clock(clock)
                            .nanoTime(() -> Duration.between(Instant.EPOCH, clock.instant())
                                    .toNanos())
                            .random(() -> 0.5)
                            .parallelism(1)
                            .executor(Runnable::run))
                    .build();
            EventSink alive = events -> {
                if (!store.isDead()) {
                    scans().publish(events);
                }
            };
            this.registry = Observed.of(ScanWorld.this.registry, EventContext.none(), alive);
        }

        private ScanService scans() {
            return scans;
        }

        Repository repository(String name) {
            return registry.repository(name);
        }

        Manifest push(String name, String... tags) {
            return images.image(
                    repository(name),
                    List.of(100),
                    Arrays.stream(tags).map(Tag::parse).toArray(Tag[]::new));
        }

        Verdict verdict(String name, Manifest image) {
            return scans.of(RepositoryName.parse(name), image.digest());
        }

        /** Does all that can be done now; a node that dies meanwhile is dead. */
        void run() {
            if (!store.isDead()) {
                try {
                    for (int i = 0; i < 6; i++) {
                        scans.step();
                    }
                } catch (NodeStore.Died e) {
                    store.die();
                }
            }
        }
    }

    Node node() {
        return node(builder -> builder);
    }

    Node node(UnaryOperator<ScanServiceBuilder> settings) {
        Node node = new Node(settings);
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

    /** The names of all objects below a prefix. */
    List<String> names(String prefix) {
        List<String> names = new ArrayList<>();
        try {
            ListRequest request = ListRequest.tree(KeyPrefix.of(prefix));
            while (true) {
                ListPage page = store.list(request);
                names.addAll(page.names());
                if (page.last()) {
                    return names;
                }
                request = request.after(page.names().get(page.names().size() - 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

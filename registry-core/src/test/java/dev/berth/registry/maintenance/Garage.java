package dev.berth.registry.maintenance;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A registry over a store, and a collector with a clock that moves when it is told to, or when the collector waits. */
final class Garage implements InstantSource {
    static final Duration GRACE = Duration.ofHours(1);

    final ObjectStore store;
    final StorageRegistry registry;
    final Collector collector;
    final SampleImages images = new SampleImages(7);
    final Repository app;
    final Repository other;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    Garage() {
        this(MemoryObjectStore.create());
    }

    Garage(ObjectStore store) {
        this(store, CollectionOptions.builder());
    }

    Garage(ObjectStore store, CollectionOptions.Builder options) {
        this.store = store;
        this.registry = StorageRegistry.over(store, registryOptions());
        this.collector = Collector.over(store, timed(options).build());
        this.app = registry.repository(RepositoryName.parse("team/app"));
        this.other = registry.repository(RepositoryName.parse("team/other"));
    }

    StorageOptions registryOptions() {
        return StorageOptions.builder().clock(this).build();
    }

    CollectionOptions.Builder timed(CollectionOptions.Builder options) {
        return options.grace(GRACE)
                .clock(this)
                .nanoTime(() -> Duration.between(Instant.EPOCH, now).toNanos())
                .pause(this::pass);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    synchronized void pass(Duration duration) {
        now = now.plus(duration);
    }

    /** Lets the grace period end for what a pass condemns, and makes another one. */
    CollectionReport collectTwice(CollectionScope scope) {
        pass(GRACE);
        collector.collect(scope);
        pass(GRACE);
        return collector.collect(scope);
    }

    boolean hasData(Digest digest) {
        return keys().contains("docker/registry/v2/blobs/" + digest.algorithm().id() + "/"
                + digest.hex().substring(0, 2) + "/" + digest.hex() + "/data");
    }

    List<String> keys() {
        return keys(store);
    }

    static List<String> keys(ObjectStore store) {
        try {
            List<String> keys = new ArrayList<>();
            ListRequest request = ListRequest.tree(KeyPrefix.ROOT);
            for (ListPage page = store.list(request); ; page = store.list(request)) {
                keys.addAll(page.names());
                if (page.last()) {
                    return keys;
                }
                request = request.after(keys.get(keys.size() - 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> keysWith(String part) {
        return keys().stream().filter(key -> key.contains(part)).toList();
    }

    void write(String key, String content) {
        try {
            store.put(ObjectKey.of(key), content.getBytes(StandardCharsets.UTF_8), PutCondition.always());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void requireComplete(Repository repository, Descriptor manifest) {
        SampleImages.requireComplete(repository, manifest);
    }
}

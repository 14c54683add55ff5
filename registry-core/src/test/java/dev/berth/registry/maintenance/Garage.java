package dev.berth.registry.maintenance;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.internal.store.Marks;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
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
final class Garage {
    static final Duration GRACE = Duration.ofHours(1);

    /** When what was condemned is removed: who has just read that there is no mark may say so for a moment. */
    static final Duration DUE = GRACE.plus(Marks.TRUST);

    final ObjectStore store;
    final StorageRegistry registry;
    final Collector collector;
    final SampleImages images = new SampleImages(7);
    final Repository app;
    final Repository other;
    final MovingClock clock;

    /** A clock that moves when it is told to. */
    static final class MovingClock implements InstantSource {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public synchronized Instant instant() {
            return now;
        }

        synchronized void pass(Duration duration) {
            now = now.plus(duration);
        }
    }

    Garage() {
        this(new MovingClock());
    }

    Garage(MovingClock clock) {
        this(clock, MemoryObjectStore.builder().clock(clock).build(), CollectionOptions.builder());
    }

    Garage(MovingClock clock, ObjectStore store, CollectionOptions.Builder options) {
        this.clock = clock;
        this.store = store;
        this.registry = over(store);
        this.collector = Collector.over(store, timed(options).build());
        this.app = registry.repository(RepositoryName.parse("team/app"));
        this.other = registry.repository(RepositoryName.parse("team/other"));
    }

    /** Returns a registry with this clock. */
    StorageRegistry over(ObjectStore objects) {
        return StorageRegistry.over(
                objects,
                StorageOptions.builder().clock(clock).undelete(Duration.ZERO).build());
    }

    CollectionOptions.Builder timed(CollectionOptions.Builder options) {
        return options.grace(GRACE)
                .clock(clock)
                .nanoTime(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
                .pause(this::pass);
    }

    Instant instant() {
        return clock.instant();
    }

    void pass(Duration duration) {
        clock.pass(duration);
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

    void delete(String key) {
        try {
            store.delete(ObjectKey.of(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void requireComplete(Repository repository, Descriptor manifest) {
        SampleImages.requireComplete(repository, manifest);
    }
}

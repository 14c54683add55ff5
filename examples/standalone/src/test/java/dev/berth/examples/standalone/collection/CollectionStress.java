package dev.berth.examples.standalone.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Registry;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.maintenance.CollectionDetail.Kind;
import dev.berth.registry.maintenance.CollectionOptions;
import dev.berth.registry.maintenance.CollectionScope;
import dev.berth.registry.maintenance.Collector;
import dev.berth.registry.storage.ObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Users of a registry and its collections at the same time, over one store that several nodes may share. */
final class CollectionStress {
    private static final int USERS = 8;
    private static final int PARALLEL = 8;
    private static final Duration GRACE = Duration.ofSeconds(1);

    /**
     * Between two steps of a user, as a network makes it. Without it, users of a store in memory leave in ten minutes, on the
     * processors that the collection needs, more than it removes meanwhile.
     */
    private static final int PAUSE_MILLIS = 20;

    private final List<ObjectStore> stores;
    private final List<Registry> registries = new ArrayList<>();
    private final List<Collector> collectors = new ArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final ExecutorService workers = Executors.newCachedThreadPool();

    /** Creates a node over each of these stores, which share their objects. */
    CollectionStress(List<ObjectStore> stores) {
        this.stores = stores;
        StorageOptions options =
                StorageOptions.builder().undelete(Duration.ZERO).build();
        // As a registry does it: one that waits for each request of a service falls behind eight users.
        CollectionOptions collection = CollectionOptions.builder()
                .grace(GRACE)
                .executor(workers, PARALLEL)
                .build();
        for (ObjectStore store : stores) {
            registries.add(StorageRegistry.over(store, options));
            collectors.add(Collector.over(store, collection));
        }
    }

    /** Lets them work for some time. Fails if anything is lost, or left. */
    void run(Duration time) throws Exception {
        try {
            workAndCollect(time);
        } finally {
            workers.shutdownNow();
        }
    }

    private void workAndCollect(Duration time) throws Exception {
        SharedLayers layers = new SharedLayers();
        List<ImageUser> users = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            users.add(new ImageUser(registries, i, layers, GRACE));
        }
        work(users, time);
        for (ImageUser user : users) {
            user.verify();
        }
        for (Collector collector : collectors) {
            collector.complete(CollectionScope.CHANGED);
        }
        for (ImageUser user : users) {
            user.verify();
        }
        new StoredKeys(stores.get(0)).expectOnly(users);
        assertThat(users.stream().mapToInt(ImageUser::uploadsOfCollectedLayers).sum())
                .as("layers that were pushed again since they had been collected")
                .isPositive();
        for (Registry registry : registries) {
            registry.close();
        }
    }

    private void work(List<ImageUser> users, Duration time) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(users.size() + collectors.size());
        try {
            List<Future<Void>> working = new ArrayList<>();
            for (ImageUser user : users) {
                working.add(threads.submit(() -> {
                    while (!over.get()) {
                        user.step();
                        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                    }
                    return null;
                }));
            }
            for (Collector collector : collectors) {
                working.add(threads.submit(() -> {
                    while (!over.get()) {
                        assertThat(collector.collect(CollectionScope.CHANGED).count(Kind.BROKEN))
                                .isZero();
                    }
                    return null;
                }));
            }
            long end = System.nanoTime() + time.toNanos();
            while (System.nanoTime() < end && working.stream().noneMatch(Future::isDone)) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            over.set(true);
            for (Future<Void> future : working) {
                future.get(5, TimeUnit.MINUTES);
            }
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
    }
}

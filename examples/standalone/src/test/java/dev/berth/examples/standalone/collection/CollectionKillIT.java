package dev.berth.examples.standalone.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.registry.RegistryException;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.RetryPolicy;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.maintenance.CollectionOptions;
import dev.berth.registry.maintenance.CollectionScope;
import dev.berth.registry.maintenance.Collector;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.fs.FileObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL during pushes, deletions and collections loses nothing that was acknowledged, and leaves nothing else. */
@Tag("any-jdk")
class CollectionKillIT {
    private static final int ROUNDS =
            Integer.getInteger("berth.it.kills", Boolean.getBoolean("berth.it.long") ? 12 : 4);
    private static final int USERS = 6;
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** Longer than the grace period, so that collections remove something. */
    private static final int SHORTEST_MILLIS = 1_500;

    private static final int LONGEST_MILLIS = 4_000;

    @TempDir
    Path storage;

    private final List<ImageUser> users = new ArrayList<>();

    @Test
    void killedServerHasLostNothingAndLeavesNothing() throws Exception {
        SharedLayers layers = new SharedLayers();
        for (int i = 0; i < USERS; i++) {
            users.add(new ImageUser(List.of(), i, layers, GRACE));
        }
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            try (BerthProcess berth = serve()) {
                workUntilKilled(berth, random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS) + SHORTEST_MILLIS);
            } catch (AssertionError e) {
                throw new AssertionError("With the seed " + seed + " in round " + round + ": " + e.getMessage(), e);
            }
        }
        try (BerthProcess berth = serve();
                RemoteRegistry registry = clientOf(berth)) {
            settle(registry);
            berth.stop();
        }
        expectNothingElse();
        assertThat(users.stream().mapToInt(ImageUser::uploadsOfCollectedLayers).sum())
                .isPositive();
    }

    private BerthProcess serve() throws Exception {
        return BerthCommand.serve(storage)
                .withDeletion()
                .with("REGISTRY_MAINTENANCE_COLLECTION_GRACE", "1s")
                .with("REGISTRY_MAINTENANCE_COLLECTION_INTERVAL", "100ms")
                .with("REGISTRY_MAINTENANCE_UNDELETE", "0s")
                .start();
    }

    private static RemoteRegistry clientOf(BerthProcess berth) {
        RemoteOptions options =
                RemoteOptions.builder().retry(RetryPolicy.none()).build();
        return RemoteRegistry.at(berth.address().toString(), options);
    }

    private void settle(RemoteRegistry registry) throws Exception {
        for (ImageUser user : users) {
            user.use(List.of(registry));
            user.settle(registry);
            user.verify();
        }
    }

    private void workUntilKilled(BerthProcess berth, int millis) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(USERS);
        AtomicBoolean killed = new AtomicBoolean();
        try (RemoteRegistry registry = clientOf(berth)) {
            settle(registry);
            List<Future<Void>> working = new ArrayList<>();
            for (ImageUser user : users) {
                working.add(threads.submit(() -> {
                    try {
                        while (true) {
                            user.step();
                        }
                    } catch (IOException | RegistryException e) {
                        // A stream of a blob breaks with the former.
                        if (killed.get()) {
                            return null;
                        }
                        throw e;
                    }
                }));
            }
            for (long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
                    System.nanoTime() < end && working.stream().noneMatch(Future::isDone); ) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            killed.set(true);
            berth.kill();
            berth.awaitExit();
            for (Future<Void> future : working) {
                future.get(2, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** After a last collection, and the end of the uploads that nobody goes on with. */
    private void expectNothingElse() throws Exception {
        StorageOptions options = StorageOptions.builder()
                .undelete(Duration.ZERO)
                .uploadExpiry(Duration.ofNanos(1))
                .build();
        try (ObjectStore store = FileObjectStore.open(storage);
                StorageRegistry registry = StorageRegistry.over(store, options);
                Collector collector = Collector.over(
                        store, CollectionOptions.builder().grace(GRACE).build())) {
            registry.maintain();
            registry.maintain();
            // What a push leaves that is killed may not be noted as a change.
            collector.complete(CollectionScope.EVERYTHING);
            for (ImageUser user : users) {
                user.use(List.of(registry));
                user.verify();
            }
            new StoredKeys(store).expectOnly(users);
        }
    }
}

package dev.berth.registry.pulls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.Digest;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.engine.World;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pulls are counted once each, whoever writes and merges them and whatever fails, and forgotten with their manifests. */
class PullStatisticsTest {
    private final World world = new World();
    private final MemoryObjectStore store = MemoryObjectStore.create();
    private final StorageRegistry registry = StorageRegistry.over(store);
    private final Digest first = world.first.digest();
    private volatile Instant now = Instant.parse("2026-05-01T00:00:00Z");

    @BeforeEach
    void push() {
        world.pushBlobs(registry, world.app);
        registry.repository(world.app).manifests().put(world.first, world.latest);
        registry.repository(world.app).manifests().put(world.second, world.stable);
    }

    private PullStatistics node() {
        return node(store);
    }

    private PullStatistics node(ObjectStore over) {
        return PullStatistics.over(over, PullOptions.builder().clock(() -> now).build());
    }

    private void pull(PullStatistics node, int times) {
        Registry counting = node.counting(registry);
        for (int i = 0; i < times; i++) {
            now = now.plusSeconds(1);
            counting.repository(world.app).manifests().get(world.latest);
        }
    }

    /** Batches stay for a minute before they are merged. */
    private void compact(PullStatistics node) {
        now = now.plus(Duration.ofMinutes(2));
        node.compact();
    }

    private List<String> batches() throws IOException {
        return store.list(ListRequest.tree(KeyPrefix.of(Keys.PULLS + "batches/")))
                .names();
    }

    @Test
    void gettingCountsAndLookingUpDoesNot() {
        PullStatistics pulls = node();
        Registry counting = pulls.counting(registry);
        counting.repository(world.app).manifests().find(world.latest);
        assertThat(pulls.of(world.app).manifests()).isEmpty();
        pull(pulls, 3);
        counting.repository(world.app).manifests().get(first);
        assertThat(pulls.of(world.app, first)).contains(new Pulls(4, now));
        assertThat(pulls.of(world.app).of(world.latest)).contains(new Pulls(3, now));
        assertThat(pulls.of(world.app, world.second.digest())).isEmpty();
        assertThat(pulls.lastPulls(world.app).apply(first)).contains(now);
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> counting.repository(world.app).manifests().get(Tag.parse("none")));
        assertThat(pulls.of(world.app).tags()).hasSize(1);
    }

    @Test
    void nodesAddUp() throws IOException {
        PullStatistics one = node();
        PullStatistics two = node();
        pull(one, 2);
        pull(two, 3);
        assertThat(two.of(world.app, first)).as("what others have not written").contains(new Pulls(3, now));
        one.flush();
        two.flush();
        two.flush();
        assertThat(batches()).as("nothing to write, nothing is written").hasSize(2);
        assertThat(node().of(world.app, first)).contains(new Pulls(5, now));
        one.compact();
        assertThat(batches()).as("other nodes have the time to see them").hasSize(2);
        compact(one);
        assertThat(batches()).isEmpty();
        pull(one, 1);
        Instant last = now;
        one.close();
        compact(two);
        assertThat(node().of(world.app)).isEqualTo(two.of(world.app));
        assertThat(node().of(world.app, first)).contains(new Pulls(6, last));
        assertThat(node().of(world.app).of(world.latest)).contains(new Pulls(6, last));
    }

    @Test
    void aCrashLosesWhatWasNotFlushed() {
        PullStatistics crashed = node();
        pull(crashed, 4);
        crashed.flush();
        Instant flushed = now;
        pull(crashed, 2);
        assertThat(node().of(world.app, first)).contains(new Pulls(4, flushed));
    }

    /** A store that fails when it is told to: before the change, or after it. */
    private final class Failing extends ForwardingObjectStore {
        private final Random random;
        private boolean active = true;

        Failing(long seed) {
            super(store);
            this.random = new Random(seed);
        }

        private boolean fails() throws IOException {
            int dice = active ? random.nextInt(6) : 5;
            if (dice == 0) {
                throw new IOException("before");
            }
            return dice == 1;
        }

        @Override
        public Optional<ObjectVersion> put(ObjectKey key, byte[] content, PutCondition condition) throws IOException {
            boolean fails = fails();
            Optional<ObjectVersion> version = delegate().put(key, content, condition);
            if (fails) {
                throw new IOException("after");
            }
            return version;
        }

        @Override
        public void delete(ObjectKey key) throws IOException {
            boolean fails = fails();
            delegate().delete(key);
            if (fails) {
                throw new IOException("after");
            }
        }
    }

    private void link(RepositoryName app) {
        try {
            store.put(Keys.revisionLink(app, first), new byte[1], PutCondition.always());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void failuresNeitherLoseNorRepeat() {
        for (int seed = 0; seed < 50; seed++) {
            RepositoryName app = RepositoryName.parse("seed/s" + seed);
            // What does not exist would be forgotten.
            link(app);
            Failing failing = new Failing(seed);
            List<PullStatistics> nodes = List.of(node(failing), node(failing));
            Random random = new Random(seed);
            int pulled = 0;
            for (int step = 0; step < 60; step++) {
                PullStatistics node = nodes.get(random.nextInt(2));
                try {
                    switch (random.nextInt(4)) {
                        case 0 -> node.flush();
                        case 1 -> {
                            if (step % 3 == 0) {
                                compact(node);
                            }
                        }
                        default -> {
                            node.pulled(app, first, Optional.empty());
                            pulled++;
                        }
                    }
                } catch (RegistryException e) {
                    assertThat(e).hasRootCauseInstanceOf(IOException.class);
                }
            }
            failing.active = false;
            nodes.forEach(PullStatistics::flush);
            assertThat(node().of(app, first).map(Pulls::count))
                    .as("seed %s", seed)
                    .contains((long) pulled);
        }
    }

    @Test
    void manyThreadsAndNodesCountEachPullOnce() throws Exception {
        List<PullStatistics> nodes = List.of(node(), node(), node());
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                PullStatistics node = nodes.get(i % 3);
                all.add(threads.submit(() -> {
                    for (int n = 1; n <= 2_000; n++) {
                        node.pulled(world.app, first, Optional.of(world.latest));
                        if (n % 200 == 0) {
                            node.flush();
                        }
                        if (n % 500 == 0) {
                            compact(node);
                        }
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        nodes.forEach(PullStatistics::flush);
        compact(node());
        assertThat(node().of(world.app, first).map(Pulls::count)).contains(12_000L);
        assertThat(node().of(world.app).days().sum()).isEqualTo(12_000L);
        assertThat(batches()).isEmpty();
    }

    @Test
    void memoryAndObjectsAreLimited() {
        PullStatistics pulls = PullStatistics.over(
                store,
                PullOptions.builder()
                        .clock(() -> now)
                        .mostCounted(10)
                        .mostPerRepository(4)
                        .build());
        for (int i = 0; i < 20; i++) {
            now = now.plus(Duration.ofSeconds(1));
            pulls.pulled(world.app, Digest.sha256(new byte[] {(byte) i}), Optional.empty());
            pulls.pulled(world.app, Digest.sha256(new byte[] {0}), Optional.empty());
        }
        assertThat(pulls.of(world.app).manifests()).hasSize(10);
        assertThat(pulls.of(world.app, Digest.sha256(new byte[] {0}))).contains(new Pulls(21, now));
        pulls.flush();
        pulls.pulled(world.app, Digest.sha256(new byte[] {19}), Optional.empty());
        pulls.flush();
        assertThat(pulls.of(world.app).manifests()).hasSize(11);
    }

    @Test
    void whatIsDeletedIsForgotten() throws IOException {
        PullStatistics pulls = node();
        pull(pulls, 2);
        pulls.counting(registry).repository(world.app).manifests().get(world.stable);
        pulls.flush();
        compact(pulls);
        assertThat(pulls.of(world.app).manifests()).hasSize(2);
        registry.repository(world.app).tags().delete(world.stable);
        pulls.compact();
        pulls.compact();
        assertThat(pulls.of(world.app).tags()).containsOnlyKeys(world.latest);
        assertThat(pulls.of(world.app).manifests()).hasSize(2);
        for (Digest digest : List.of(first, world.second.digest())) {
            store.delete(Keys.revisionLink(world.app, digest));
        }
        store.delete(Keys.tagLink(world.app, world.latest));
        now = now.plus(Duration.ofMinutes(11));
        pulls.compact();
        pulls.compact();
        assertThat(store.list(ListRequest.tree(Keys.PULLS)).names()).isEmpty();
    }
}

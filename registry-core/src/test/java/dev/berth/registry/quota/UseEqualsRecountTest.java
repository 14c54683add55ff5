package dev.berth.registry.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens to several nodes over one store, at rest the use is what a recount finds, nothing is set aside any more,
 * and the limit was never exceeded.
 */
class UseEqualsRecountTest {
    private static final int SEEDS = Integer.getInteger("berth.quota.seeds", 10);
    private static final int STEPS = 120;
    private static final long LIMIT = 5000;
    private static final NamePattern TEAM = NamePattern.parse("team/*");
    private static final QuotaLimit[] LIMITS = {
        new QuotaLimit(TEAM, OptionalLong.of(LIMIT), OptionalLong.of(2)),
        QuotaLimit.bytes(NamePattern.parse("team/a"), 3000),
    };

    @Test
    void afterRandomChangesFailuresAndCrashes() throws IOException {
        for (long seed = 0; seed < SEEDS; seed++) {
            run(seed);
        }
    }

    private static void run(long seed) throws IOException {
        Random random = new Random(seed);
        MemoryObjectStore store = MemoryObjectStore.create();
        AtomicLong nanos = new AtomicLong(random.nextLong());
        Queue<RandomUse.Started> uploads = RandomUse.noUploads();
        RandomUse use = new RandomUse(seed, uploads);
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            nodes.add(node(store, nanos));
        }
        for (int step = 0; step < STEPS; step++) {
            int at = random.nextInt(nodes.size());
            Node node = nodes.get(at);
            switch (random.nextInt(30)) {
                case 0 -> {
                    // The node dies in the middle of what it does next, and another one starts.
                    node.store.failAfter(random.nextInt(25) + 1, Integer.MAX_VALUE - 1);
                    use.step(node.registry);
                    nodes.set(at, node(store, nanos));
                }
                case 1 -> node.store.failAfter(random.nextInt(25) + 1, random.nextInt(5) + 1);
                case 2, 3, 4 -> maintain(node);
                case 5 -> {
                    StorageRegistry.over(store)
                            .repository("team/a")
                            .blobs()
                            .delete(RandomUse.digest(random.nextInt(10)));
                    try {
                        node.quotas.changed(RepositoryName.parse("team/a"));
                    } catch (RegistryException e) {
                        node.store.recover();
                        node.quotas.changed(RepositoryName.parse("team/a"));
                    }
                }
                default -> use.step(node.registry);
            }
            nanos.addAndGet(Duration.ofMillis(random.nextInt(4000)).toNanos());
            if (step % 10 == 9) {
                assertWithin(store, seed, step);
            }
        }
        rest(nodes, nanos);
        assertCounted(store, nodes, seed);
    }

    private static Node node(MemoryObjectStore store, AtomicLong nanos) {
        return new Node(store, nanos, LIMITS);
    }

    private static void maintain(Node node) {
        try {
            node.quotas.maintain();
        } catch (RegistryException e) {
            // Its store fails.
        }
    }

    private static void rest(List<Node> nodes, AtomicLong nanos) {
        nodes.forEach(node -> node.store.recover());
        for (int i = 0; i < 12; i++) {
            nodes.forEach(node -> node.quotas.maintain());
            nanos.addAndGet(Node.LEASE.dividedBy(4).toNanos());
        }
        nodes.forEach(node -> node.quotas.maintain());
    }

    private static void assertWithin(MemoryObjectStore store, long seed, int step) throws IOException {
        Map<RepositoryName, Long> counted = Recounted.of(store);
        assertThat(sum(counted, TEAM)).as("seed %d, step %d", seed, step).isLessThanOrEqualTo(LIMIT);
    }

    private static long sum(Map<RepositoryName, Long> uses, NamePattern pattern) {
        return uses.entrySet().stream()
                .filter(entry -> pattern.matches(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static void assertCounted(MemoryObjectStore store, List<Node> nodes, long seed) throws IOException {
        Map<RepositoryName, Long> counted = Recounted.of(store);
        counted.keySet().removeIf(name -> !TEAM.matches(name));
        Map<RepositoryName, Long> told = nodes.get(0)
                .quotas
                .repositories()
                .filter(usage -> usage.bytes() > 0)
                .collect(Collectors.toMap(RepositoryUsage::repository, RepositoryUsage::bytes));
        assertThat(told).as("seed %d", seed).isEqualTo(counted);
        nodes.forEach(node -> node.quotas.close());
        for (PatternUsage usage : nodes.get(0).quotas.usage()) {
            assertThat(usage.bytes())
                    .as("seed %d, %s", seed, usage)
                    .isEqualTo(sum(counted, usage.limit().repositories()));
            assertThat(usage.reservedBytes()).as("seed %d, %s", seed, usage).isZero();
            assertThat(usage.reservedRepositories())
                    .as("seed %d, %s", seed, usage)
                    .isZero();
        }
        RecountReport report = nodes.get(0).quotas.recount(repository -> {});
        assertThat(report.corrected()).as("seed %d: %s", seed, report).isZero();
    }
}

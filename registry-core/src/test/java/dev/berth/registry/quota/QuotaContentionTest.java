package dev.berth.registry.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.memory.MemoryObjectStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Many pushes at the same time, on several nodes, to one pattern: each has its turn, and the limit holds. */
class QuotaContentionTest {
    private static final int NODES = 3;
    private static final int THREADS = 8;
    private static final NamePattern TEAM = NamePattern.parse("team/*");

    private final MemoryObjectStore store = MemoryObjectStore.create();
    private final AtomicLong nanos = new AtomicLong();

    private interface Work {
        void run(int thread) throws Exception;
    }

    private static void inParallel(Work work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                running.add(executor.submit(() -> {
                    work.run(thread);
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private List<Node> nodes(QuotaLimit limit) {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            nodes.add(new Node(store, nanos, limit));
        }
        return nodes;
    }

    @Test
    void exactlyWhatFitsIsTaken() throws Exception {
        List<Node> nodes = nodes(QuotaLimit.bytes(TEAM, 50_000));
        AtomicInteger pushed = new AtomicInteger();

        inParallel(thread -> {
            Node node = nodes.get(thread % NODES);
            for (int i = 0; i < 20; i++) {
                byte[] content =
                        ByteBuffer.allocate(1000).putInt(thread).putInt(i).array();
                try {
                    node.registry
                            .repository("team/" + thread % 2)
                            .blobs()
                            .push(Digest.sha256(content), BlobSource.of(content));
                    pushed.incrementAndGet();
                } catch (RegistryException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.DENIED);
                }
            }
        });
        // What idle nodes have set aside is there for the others, once they have said so.
        nodes.forEach(node -> node.quotas.maintain());
        nodes.forEach(node -> node.quotas.maintain());
        for (int i = 0; pushed.get() < 50; i++) {
            byte[] content = ByteBuffer.allocate(1000).putInt(-1).putInt(i).array();
            nodes.get(0).registry.repository("team/2").blobs().push(Digest.sha256(content), BlobSource.of(content));
            pushed.incrementAndGet();
        }

        nodes.forEach(node -> node.quotas.maintain());
        assertThat(pushed).hasValue(50);
        assertThat(nodes.get(0).quotas.usage().get(0).bytes()).isEqualTo(50_000);
    }

    @Test
    void farFromTheLimitTheCounterIsHardlyUsed() throws Exception {
        List<Node> nodes = nodes(QuotaLimit.bytes(TEAM, 1L << 40));

        inParallel(thread -> {
            for (int i = 0; i < 200; i++) {
                byte[] content =
                        ByteBuffer.allocate(1000).putInt(thread).putInt(i).array();
                nodes.get(thread % NODES)
                        .registry
                        .repository("team/" + thread)
                        .blobs()
                        .push(Digest.sha256(content), BlobSource.of(content));
            }
        });

        long changes = nodes.stream()
                .flatMap(node -> node.store.calls.stream())
                .filter(call -> call.startsWith("put _berth/quota/counters/"))
                .count();
        assertThat(changes).isLessThanOrEqualTo(2 * NODES);
    }

    @Test
    void sameBlobsOnAllNodesAtTheSameTimeAreCountedOnce() throws Exception {
        List<Node> nodes = nodes(QuotaLimit.bytes(TEAM, 20_000));
        Queue<RandomUse.Started> uploads = RandomUse.noUploads();

        inParallel(thread -> {
            RandomUse use = new RandomUse(thread, uploads);
            Node node = nodes.get(thread % NODES);
            for (int i = 0; i < 150; i++) {
                use.step(node.registry);
                if (i % 10 == thread) {
                    node.quotas.maintain();
                }
            }
        });
        nodes.forEach(node -> node.quotas.maintain());

        Map<RepositoryName, Long> counted = Recounted.of(store);
        counted.keySet().removeIf(name -> !TEAM.matches(name));
        assertThat(nodes.get(0)
                        .quotas
                        .repositories()
                        .filter(usage -> usage.bytes() > 0)
                        .collect(Collectors.toMap(RepositoryUsage::repository, RepositoryUsage::bytes)))
                .isEqualTo(counted);
        assertThat(nodes.get(0).quotas.usage().get(0).bytes())
                .isEqualTo(counted.values().stream().mapToLong(Long::longValue).sum());
    }
}

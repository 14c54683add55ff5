package dev.berth.examples.standalone.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.maintenance.CollectionOptions;
import dev.berth.registry.maintenance.CollectionScope;
import dev.berth.registry.maintenance.Collector;
import dev.berth.registry.mirror.MirrorOptions;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Many images through a budget of a tenth of their size. Each ten of them have a layer in common. */
final class SmallBudget {
    private static final int LAYER = 20_000;
    private static final int TOGETHER = 10;
    private static final KeyPrefix BLOBS = KeyPrefix.of("docker/registry/v2/blobs/");

    private final UpstreamProxy proxy;
    private final List<UpstreamImage> images = new ArrayList<>();
    private final long budget;

    SmallBudget(Upstream upstream, int count) {
        this.proxy = upstream.proxy();
        for (int i = 0; i < count; i++) {
            images.add(
                    UpstreamImage.push(upstream.repository(), "small-" + i, LAYER, 1_000 + i, 100_000 + i / TOGETHER));
        }
        long bytes = (long) LAYER * count + (long) LAYER * count / TOGETHER;
        this.budget = bytes / 10;
    }

    void run(ObjectStore store) throws Exception {
        AtomicLong most = new AtomicLong();
        AtomicBoolean over = new AtomicBoolean();
        MirrorOptions.Builder options = MirrorOptions.builder().budget(budget).bringReferrers(false);
        try (MirrorNode node = new MirrorNode(store, proxy, options)) {
            Thread watcher = new Thread(() -> {
                while (!over.get()) {
                    most.accumulateAndGet(node.mirror.status().bytes(), Math::max);
                    LockSupport.parkNanos(100_000);
                }
            });
            watcher.start();
            try {
                for (UpstreamImage image : images) {
                    node.read(
                            UpstreamImage.manifestPath(image.manifest().digest().toString()));
                    image.pull(node);
                    node.awaitDownloads();
                    assertThat(node.mirror.status().bytes()).isLessThanOrEqualTo(budget);
                }
            } finally {
                over.set(true);
                watcher.join();
            }
            assertThat(most.get()).isBetween(budget / 2, budget);

            node.mirror.maintain();
            collect(store);

            Set<String> expected = new HashSet<>();
            for (UpstreamImage image : images) {
                if (node.local
                        .repository(UpstreamImage.REPOSITORY)
                        .manifests()
                        .find(image.manifest().digest())
                        .isPresent()) {
                    image.digests().forEach(digest -> expected.add(key(digest)));
                }
            }
            Map<String, Long> stored = data(store);
            assertThat(stored.keySet()).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(stored.values().stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(node.mirror.status().bytes());
        }
    }

    private static void collect(ObjectStore store) {
        CollectionOptions options =
                CollectionOptions.builder().grace(Duration.ofSeconds(1)).build();
        try (Collector collector = Collector.over(store, options)) {
            collector.complete(CollectionScope.EVERYTHING);
        }
    }

    private static String key(Digest digest) {
        String hex = digest.hex();
        return BLOBS + "sha256/" + hex.substring(0, 2) + "/" + hex + "/data";
    }

    /** Returns the sizes of all blobs and manifests in a store, by their keys. */
    private static Map<String, Long> data(ObjectStore store) throws IOException {
        Map<String, Long> found = new HashMap<>();
        ListRequest request = ListRequest.tree(BLOBS);
        while (true) {
            ListPage page = store.list(request);
            for (String name : page.names()) {
                found.put(name, store.stat(ObjectKey.of(name)).orElseThrow().size());
            }
            if (page.last()) {
                return found;
            }
            request = request.after(page.names().get(page.names().size() - 1));
        }
    }
}

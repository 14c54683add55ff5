package dev.berth.examples.standalone.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.GeneratedContent;
import dev.berth.examples.standalone.mirror.UpstreamProxy.Fault;
import dev.berth.registry.Digest;
import dev.berth.registry.mirror.MirrorOptions;
import dev.berth.registry.storage.ObjectStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Many clients that want the same image at once, through a mirror that does not have it, over a line that is not fast. */
final class Stampede {
    /** Of the image; 500 is what is promised, and what times are compared at. */
    private static final int MEGABYTES = Integer.getInteger("berth.it.mirror.mb", 20);

    private static final boolean MEASURED = MEGABYTES >= 500;
    private static final int CLIENTS = 64;
    private static final int LAYERS = 2;
    private static final long LINE = 100_000_000 / 8;

    private final UpstreamProxy proxy;
    private final UpstreamImage image;
    private final Map<Digest, GeneratedContent> layers = new LinkedHashMap<>();
    private final ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();

    Stampede(Upstream upstream) {
        this.proxy = upstream.proxy();
        this.image = UpstreamImage.push(upstream.repository(), "stampede", MEGABYTES * 1_000_000L / LAYERS, 1, 2);
        image.layers().keySet().forEach(layer -> layers.put(layer, image.content(layer)));
        proxy.faults(request -> Fault.none().throttled(LINE));
    }

    /** @param stores makes empty stores */
    void run(Supplier<ObjectStore> stores) throws Exception {
        double one;
        try (ObjectStore store = stores.get();
                MirrorNode node = new MirrorNode(store, proxy, MirrorOptions.builder())) {
            long start = System.nanoTime();
            pull(node);
            one = (System.nanoTime() - start) / 1e9;
            node.awaitDownloads();
        }
        proxy.forget();
        latencies.clear();
        try (ObjectStore store = stores.get();
                MirrorNode node = new MirrorNode(store, proxy, MirrorOptions.builder())) {
            long start = System.nanoTime();
            pullAtOnce(node);
            double all = (System.nanoTime() - start) / 1e9;
            long latest = latencies.stream().mapToLong(Long::longValue).max().orElseThrow() / 1_000_000;
            System.out.printf(
                    Locale.ROOT,
                    "%d MB by one client: %.2f s; by %d at once: %.2f s, %.2f times that; first byte after %d ms%n",
                    MEGABYTES,
                    one,
                    CLIENTS,
                    all,
                    all / one,
                    latest);
            for (Digest blob : image.digests()) {
                String path = blob.equals(image.manifest().digest()) ? "/manifests/stampede" : "/blobs/" + blob;
                assertThat(proxy.count("GET", path)).as(path).isEqualTo(1);
            }
            node.awaitDownloads();
            proxy.fault(Fault.status(503));
            image.pull(node);
            if (MEASURED) {
                assertThat(all / one).isLessThanOrEqualTo(1.3);
                assertThat(latest).isLessThanOrEqualTo(100);
            }
        }
    }

    private void pullAtOnce(MirrorNode node) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            CountDownLatch begun = new CountDownLatch(1);
            Future<?> leader = threads.submit(() -> {
                leaveHalfWay(node, begun);
                return null;
            });
            assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
            List<Future<?>> others = new ArrayList<>();
            for (int i = 1; i < CLIENTS; i++) {
                others.add(threads.submit(() -> {
                    pull(node);
                    return null;
                }));
            }
            leader.get();
            for (Future<?> other : others) {
                other.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** The client that has begun the download goes away in the middle of the first layer. */
    private void leaveHalfWay(MirrorNode node, CountDownLatch begun) throws IOException {
        byte[] manifest = node.read(UpstreamImage.manifestPath("stampede"));
        assertThat(manifest).isNotEmpty();
        Digest first = layers.keySet().iterator().next();
        HttpURLConnection connection = node.get(UpstreamImage.blobPath(first));
        try (InputStream body = connection.getInputStream()) {
            byte[] buffer = new byte[64 * 1024];
            long left = layers.get(first).size() / 2;
            for (int count = body.read(buffer); count >= 0 && left > 0; count = body.read(buffer)) {
                left -= count;
                begun.countDown();
            }
        } finally {
            connection.disconnect();
        }
    }

    private void pull(MirrorNode node) throws Exception {
        node.read(UpstreamImage.manifestPath("stampede"));
        for (Map.Entry<Digest, GeneratedContent> blob : layers.entrySet()) {
            String path = UpstreamImage.blobPath(blob.getKey());
            long asked = System.nanoTime();
            try (InputStream body = new Timed(node.get(path).getInputStream(), path, asked)) {
                blob.getValue().expect(body);
            }
        }
        for (Digest digest : image.digests()) {
            if (!layers.containsKey(digest) && !digest.equals(image.manifest().digest())) {
                assertThat(Digest.sha256(node.read(UpstreamImage.blobPath(digest))))
                        .isEqualTo(digest);
            }
        }
    }

    /** Notes how long after its arrival at the mirror, or after it was asked for, the first byte comes. */
    private final class Timed extends FilterInputStream {
        private final String path;
        private final long asked;
        private boolean begun;

        Timed(InputStream body, String path, long asked) {
            super(body);
            this.path = path;
            this.asked = asked;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = in.read(buffer, offset, length);
            if (!begun) {
                begun = true;
                latencies.add(System.nanoTime() - Math.max(asked, proxy.firstByteAt(path)));
            }
            return count;
        }
    }
}

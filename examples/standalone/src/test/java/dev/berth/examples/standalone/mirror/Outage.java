package dev.berth.examples.standalone.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.mirror.UpstreamProxy.Fault;
import dev.berth.registry.mirror.MirrorOptions;
import dev.berth.registry.storage.ObjectStore;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

/** What is here is served for a day of any outage, and says that it is stale; then the upstream registry is asked again. */
final class Outage {
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration DEADLINE = Duration.ofMillis(300);
    private static final int PULLS = 1_000;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final UpstreamProxy proxy;
    private final UpstreamImage image;

    Outage(Upstream upstream) {
        this.proxy = upstream.proxy();
        this.image = UpstreamImage.push(upstream.repository(), "outage", 100_000, 3);
    }

    void run(ObjectStore store) throws Exception {
        Map<String, Fault> faults = new LinkedHashMap<>();
        faults.put("110", Fault.status(429));
        faults.put("111 - \"Revalidation Failed: the upstream registry fails", Fault.status(502));
        faults.put("111", Fault.cutAt(0));
        faults.put("111 - \"Revalidation Failed: the upstream registry does not answer in time", Fault.hanging());
        faults.put("111 - \"Revalidation Failed: the upstream registry refuses", Fault.status(403));
        MirrorOptions.Builder options = MirrorOptions.builder()
                .fresh(FRESH)
                .checkDeadline(DEADLINE)
                .bringReferrers(false)
                .clock(now::get);
        try (MirrorNode node = new MirrorNode(store, proxy, options)) {
            pullTag(node, "");
            image.pull(node);
            node.awaitDownloads();
            for (Map.Entry<String, Fault> fault : faults.entrySet()) {
                // A limit is met as one when it is asked, and kept to afterwards.
                String warning = fault.getKey();
                proxy.fault(fault.getValue());
                for (int hour = 0; hour < 24; hour++) {
                    advance(Duration.ofHours(1));
                    pullTag(node, warning);
                    image.pull(node);
                }
                proxy.fault(Fault.none());
                advance(Duration.ofHours(1));
                pullTag(node, "");
            }
            manyPulls(node);
        }
    }

    private void advance(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private void pullTag(MirrorNode node, String warning) throws Exception {
        HttpURLConnection answer = node.get(UpstreamImage.manifestPath("outage"));
        try (InputStream body = answer.getInputStream()) {
            assertThat(body.readAllBytes()).isEqualTo(image.manifest().bytes());
        }
        if (warning.isEmpty()) {
            assertThat(answer.getHeaderField("Warning")).isNull();
        } else {
            assertThat(answer.getHeaderField("Warning")).startsWith(warning);
        }
    }

    private void manyPulls(MirrorNode node) throws Exception {
        advance(FRESH);
        proxy.forget();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<?>> pulls = new ArrayList<>();
            for (int i = 0; i < PULLS; i++) {
                pulls.add(threads.submit(() -> {
                    pullTag(node, "");
                    return null;
                }));
            }
            for (Future<?> pull : pulls) {
                pull.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(proxy.count("HEAD", "/manifests/")).isEqualTo(1);
        assertThat(proxy.count("GET", "")).isZero();
    }
}

package dev.berth.registry.metrics;

import dev.berth.registry.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.limit.RateLimit;
import dev.berth.registry.mirror.MirrorListener;
import dev.berth.registry.mirror.MirrorStatus;
import dev.berth.registry.mirror.StaleAnswer;
import java.util.Locale;

/**
 * Counts what mirrors do, by the names of {@code registry:2} where it has them. Thread-safe.
 *
 * <pre>{@code
 * MirrorMetrics mirrors = MirrorMetrics.of(metrics);
 * PullThrough mirror = PullThrough.of(upstream, local, store,
 *         MirrorOptions.builder().name("hub").listener(mirrors.listener("hub")).build());
 * scheduler.scheduleWithFixedDelay(() -> mirrors.show("hub", mirror.status()), 10, 10, TimeUnit.SECONDS);
 * }</pre>
 *
 * @since 0.1
 */
public final class MirrorMetrics {
    private static final String MIRROR = "mirror";
    private static final String TYPE = "type";

    private final Labelled<Counter> requests;
    private final Labelled<Counter> hits;
    private final Labelled<Counter> misses;
    private final Labelled<Counter> pulled;
    private final Labelled<Counter> pushed;
    private final Labelled<Counter> checks;
    private final Labelled<Counter> stale;
    private final Labelled<Counter> refused;
    private final Labelled<Counter> resumed;
    private final Labelled<Counter> failed;
    private final Labelled<Counter> evicted;
    private final Labelled<Counter> evictedBytes;
    private final Labelled<Gauge> limit;
    private final Labelled<Gauge> remaining;
    private final Labelled<Gauge> images;
    private final Labelled<Gauge> held;
    private final Labelled<Gauge> budget;
    private final Labelled<Gauge> arriving;
    private final Labelled<Gauge> downloads;

    private MirrorMetrics(Metrics metrics) {
        this.requests =
                metrics.counters("registry_proxy_requests_total", "Requests of clients for mirrored content.", TYPE);
        this.hits = metrics.counters("registry_proxy_hits_total", "Requests for mirrored content that was here.", TYPE);
        this.misses = metrics.counters(
                "registry_proxy_misses_total", "Requests for mirrored content that was not here.", TYPE);
        this.pulled = metrics.counters(
                "registry_proxy_pulled_bytes_total", "Bytes that mirrors got from upstream registries.", TYPE);
        this.pushed = metrics.counters(
                "registry_proxy_pushed_bytes_total", "Bytes of mirrored content that clients were given.", TYPE);
        this.checks = metrics.counters(
                "registry_proxy_checks_total", "Questions to upstream registries what a tag names.", MIRROR);
        this.stale = metrics.counters(
                "registry_proxy_stale_total",
                "Answers of mirrors that could not be checked, by the reason.",
                MIRROR,
                "reason");
        this.refused = metrics.counters(
                "registry_proxy_refused_total", "Operations on repositories that must not be mirrored.", MIRROR);
        this.resumed = metrics.counters(
                "registry_proxy_resumed_downloads_total",
                "Downloads that broke off and went on where they were.",
                MIRROR);
        this.failed = metrics.counters(
                "registry_proxy_failed_downloads_total", "Downloads of blobs that failed for good.", MIRROR);
        this.evicted = metrics.counters(
                "registry_proxy_evicted_images_total", "Images that were evicted to keep to the budget.", MIRROR);
        this.evictedBytes = metrics.counters(
                "registry_proxy_evicted_bytes_total", "Bytes that evictions have left to collection.", MIRROR);
        this.limit = metrics.gauges(
                "registry_proxy_rate_limit", "How many requests the upstream registry takes in a window.", MIRROR);
        this.remaining =
                metrics.gauges("registry_proxy_rate_limit_remaining", "How many of these requests are left.", MIRROR);
        this.images = metrics.gauges("registry_proxy_images", "Manifests that a mirror has brought and holds.", MIRROR);
        this.held = metrics.gauges("registry_proxy_held_bytes", "Bytes that a mirror holds.", MIRROR);
        this.budget = metrics.gauges("registry_proxy_budget_bytes", "Bytes that a mirror may hold.", MIRROR);
        this.arriving =
                metrics.gauges("registry_proxy_arriving_bytes", "Bytes that are being downloaded to be kept.", MIRROR);
        this.downloads = metrics.gauges("registry_proxy_downloads", "Downloads of blobs in progress.", MIRROR);
    }

    /** Returns what counts in these metrics. */
    public static MirrorMetrics of(Metrics metrics) {
        return new MirrorMetrics(metrics);
    }

    /**
     * Returns a listener that counts what a mirror does, for its options.
     *
     * @param mirror the name of the mirror
     */
    public MirrorListener listener(String mirror) {
        return new MirrorListener() {
            @Override
            public void requested(RepositoryName repository, Kind kind, boolean here) {
                requests.with(type(kind)).increment();
                (here ? hits : misses).with(type(kind)).increment();
            }

            @Override
            public void serving(RepositoryName repository, Kind kind, long bytes) {
                pushed.with(type(kind)).add(bytes);
            }

            @Override
            public void checked(RepositoryName repository, Tag tag) {
                checks.with(mirror).increment();
            }

            @Override
            public void stale(StaleAnswer answer) {
                stale.with(mirror, answer.reason().name().toLowerCase(Locale.ROOT))
                        .increment();
            }

            @Override
            public void refused(RepositoryName repository) {
                refused.with(mirror).increment();
            }

            @Override
            public void downloaded(RepositoryName repository, Kind kind, Digest digest, long bytes) {
                pulled.with(type(kind)).add(bytes);
            }

            @Override
            public void resumed(RepositoryName repository, Digest digest, long offset, RegistryException failure) {
                resumed.with(mirror).increment();
            }

            @Override
            public void failed(RepositoryName repository, Digest digest, RegistryException failure) {
                failed.with(mirror).increment();
            }

            @Override
            public void evicted(RepositoryName repository, Digest image, long bytes) {
                evicted.with(mirror).increment();
                evictedBytes.with(mirror).add(bytes);
            }

            @Override
            public void rateLimit(RateLimit said) {
                said.limit().ifPresent(number -> limit.with(mirror).set(number));
                remaining.with(mirror).set(said.remaining());
            }
        };
    }

    private static String type(MirrorListener.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Shows what a mirror holds, which stays as it is until this is called again. To be called every few seconds, not when
     * metrics are asked for: reading the status may need the store.
     *
     * @param mirror the name of the mirror
     * @param status of {@link dev.berth.registry.mirror.PullThrough#status}. A mirror without a budget shows none
     */
    public void show(String mirror, MirrorStatus status) {
        images.with(mirror).set(status.images());
        held.with(mirror).set(status.bytes());
        if (status.budget() < Long.MAX_VALUE) {
            budget.with(mirror).set(status.budget());
        }
        arriving.with(mirror).set(status.arriving());
        downloads.with(mirror).set(status.downloads());
    }
}

package dev.berth.registry.scan.service;

import dev.berth.registry.metrics.Buckets;
import dev.berth.registry.metrics.Counter;
import dev.berth.registry.metrics.Gauge;
import dev.berth.registry.metrics.Histogram;
import dev.berth.registry.metrics.Labelled;
import dev.berth.registry.metrics.Metrics;
import dev.berth.registry.scan.report.Verdict;
import java.time.Duration;
import java.util.Locale;

/**
 * Counts scans. Thread-safe.
 *
 * <pre>{@code
 * ScanMetrics counted = ScanMetrics.of(metrics);
 * ScanService scans = ScanService.builder(registry, store, scanner).listener(counted.listener()).build();
 * scheduler.scheduleWithFixedDelay(() -> counted.show(scans.status()), 0, 30, TimeUnit.SECONDS);
 * }</pre>
 *
 * @since 0.1
 */
public final class ScanMetrics {
    private final Labelled<Counter> requests;
    private final Labelled<Counter> scans;
    private final Histogram durations;
    private final Labelled<Gauge> waiting;
    private final Gauge running;

    private ScanMetrics(Metrics metrics) {
        this.requests = metrics.counters(
                "registry_scan_requests_total", "Images that this node has put into the queue of scans.", "priority");
        this.scans = metrics.counters(
                "registry_scan_scans_total", "Scans that have ended on this node, by how they did.", "outcome");
        this.durations = metrics.histogram(
                "registry_scan_duration_seconds",
                "How long scans took that succeeded on this node.",
                Buckets.seconds(0.1, 0.5, 1, 5, 15, 60, 300, 1800));
        this.waiting = metrics.gauges(
                "registry_scan_waiting", "Images in the queue of scans, those that are scanned included.", "priority");
        this.running = metrics.gauge("registry_scan_running", "Scans that run on this node.");
    }

    /** Returns what counts in these metrics. */
    public static ScanMetrics of(Metrics metrics) {
        return new ScanMetrics(metrics);
    }

    /** Returns a listener that counts, for {@link ScanServiceBuilder#listener}. */
    public ScanListener listener() {
        return new ScanListener() {
            @Override
            public void asked(ImageKey image, ScanPriority priority) {
                requests.with(word(priority)).increment();
            }

            @Override
            public void failed(ImageKey image, String reason) {
                scans.with("failed").increment();
            }

            @Override
            public void judged(ImageKey image, Verdict verdict, Duration took) {
                if (verdict.state() == Verdict.State.SCANNED) {
                    scans.with("scanned").increment();
                    durations.observe(took.toNanos());
                } else {
                    scans.with(verdict.state() == Verdict.State.FAILED ? "given_up" : word(verdict.state()))
                            .increment();
                }
            }
        };
    }

    /**
     * Shows how the queue goes, which stays as it is until this is called again. To be called from time to time.
     *
     * @param status of {@link ScanService#status}
     */
    public void show(ScanStatus status) {
        for (ScanPriority priority : ScanPriority.values()) {
            waiting.with(word(priority)).set(status.waiting().getOrDefault(priority, 0L));
        }
        running.set(status.running().size());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

package dev.berth.registry.metrics;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.mirror.replication.ReplicationDifference;
import dev.berth.registry.mirror.replication.ReplicationFailure;
import dev.berth.registry.mirror.replication.ReplicationListener;
import dev.berth.registry.mirror.replication.ReplicationStatus;
import java.util.List;
import java.util.Locale;

/**
 * Counts what is replicated, by rules. Thread-safe.
 *
 * <pre>{@code
 * ReplicationMetrics counted = ReplicationMetrics.of(metrics);
 * Replication replication = Replication.builder(registry, store)
 *         ….listener(counted.listener(ReplicationListener.none())).build();
 * scheduler.scheduleWithFixedDelay(() -> counted.show(replication.status()), 0, 10, TimeUnit.SECONDS);
 * }</pre>
 *
 * @since 0.1
 */
public final class ReplicationMetrics {
    private static final double MILLIS = 1e3;

    private final Labelled<Counter> tags;
    private final Labelled<Counter> bytes;
    private final Labelled<Counter> comparisons;
    private final Labelled<Gauge> pending;
    private final Labelled<Gauge> oldest;
    private final Labelled<Gauge> failing;
    private final Labelled<Gauge> differences;
    private final Labelled<Gauge> compared;
    private final Labelled<Gauge> up;

    private ReplicationMetrics(Metrics metrics) {
        this.tags = metrics.counters(
                "registry_replication_tags_total", "Tags of rules, by what happened to them.", "action", "rule");
        this.bytes = metrics.counters(
                "registry_replication_bytes_total", "Bytes of blobs that were carried over by a rule.", "rule");
        this.comparisons = metrics.counters(
                "registry_replication_comparisons_total",
                "Comparisons of a rule by this node that have ended.",
                "outcome",
                "rule");
        this.pending = metrics.gauges(
                "registry_replication_pending", "Changes that wait to be carried over by a rule.", "rule");
        this.oldest = metrics.gauges(
                "registry_replication_oldest_pending_timestamp_seconds",
                "Since when the oldest change for a rule waits, in seconds since 1970; 0 if none does.",
                "rule");
        this.failing = metrics.gauges(
                "registry_replication_failing", "Tags and repositories that could not be carried over.", "rule");
        this.differences = metrics.gauges(
                "registry_replication_differences", "Tags that differ and are left so, by the reason.", "kind", "rule");
        this.compared = metrics.gauges(
                "registry_replication_last_comparison_timestamp_seconds",
                "When this node last compared everything and nothing failed, in seconds since 1970; 0 before.",
                "rule");
        this.up = metrics.gauges(
                "registry_replication_up",
                "Whether the other registry of a rule is used: 1, or 0 while it is left alone.",
                "rule");
    }

    /** Returns what counts in these metrics. */
    public static ReplicationMetrics of(Metrics metrics) {
        return new ReplicationMetrics(metrics);
    }

    /** Returns a listener that counts, and tells another one. */
    public ReplicationListener listener(ReplicationListener next) {
        return new ReplicationListener() {
            @Override
            public void carried(String rule, RepositoryName repository, Tag tag, Digest digest, long moved) {
                tags.with("carried", rule).increment();
                bytes.with(rule).add(moved);
                next.carried(rule, repository, tag, digest, moved);
            }

            @Override
            public void deleted(String rule, RepositoryName repository, Tag tag) {
                tags.with("deleted", rule).increment();
                next.deleted(rule, repository, tag);
            }

            @Override
            public void failed(String rule, ReplicationFailure failure) {
                tags.with("failed", rule).increment();
                next.failed(rule, failure);
            }

            @Override
            public void differs(String rule, ReplicationDifference difference) {
                next.differs(rule, difference);
            }

            @Override
            public void compared(String rule, ReplicationStatus.Comparison comparison) {
                comparisons
                        .with(comparison.complete() ? "success" : "failure", rule)
                        .increment();
                if (comparison.complete()) {
                    compared.with(rule).set(comparison.ended().toEpochMilli() / MILLIS);
                }
                next.compared(rule, comparison);
            }
        };
    }

    /**
     * Shows how the rules go, which stays as it is until this is called again. To be called every few seconds.
     *
     * @param status of {@link dev.berth.registry.mirror.replication.Replication#status}
     */
    public void show(List<ReplicationStatus> status) {
        for (ReplicationStatus each : status) {
            String rule = each.rule();
            pending.with(rule).set(each.queued());
            oldest.with(rule)
                    .set(each.waitingSince()
                            .map(since -> since.toEpochMilli() / MILLIS)
                            .orElse(0.0));
            failing.with(rule).set(each.failing());
            for (ReplicationDifference.Kind kind : ReplicationDifference.Kind.values()) {
                differences.with(kind.name().toLowerCase(Locale.ROOT), rule).set(each.differing(kind));
            }
            up.with(rule).set(each.pausedUntil().isEmpty() ? 1 : 0);
        }
    }
}

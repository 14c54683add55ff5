package dev.berth.registry.host;

import dev.berth.registry.engine.MaintenanceReport;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.maintenance.CollectionListener;
import dev.berth.registry.maintenance.scrub.ScrubListener;
import dev.berth.registry.metrics.MaintenanceMetrics;
import dev.berth.registry.metrics.MaintenanceTask;
import dev.berth.registry.metrics.Metrics;
import dev.berth.registry.metrics.MirrorMetrics;
import dev.berth.registry.metrics.NotificationMetrics;
import dev.berth.registry.metrics.ReplicationMetrics;
import dev.berth.registry.metrics.ServerMetrics;
import dev.berth.registry.metrics.StorageMetrics;
import dev.berth.registry.mirror.MirrorStatus;
import dev.berth.registry.mirror.replication.ReplicationStatus;
import dev.berth.registry.quota.PatternUsage;
import dev.berth.registry.rules.RetentionReport;
import dev.berth.registry.server.ServerObserver;
import dev.berth.registry.webhook.WebhookStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a registry counts. Without metrics, nothing is counted. */
final class HostMetrics {
    private final @Nullable Metrics metrics;
    private final @Nullable MaintenanceMetrics maintenance;

    HostMetrics(@Nullable Metrics metrics) {
        this.metrics = metrics;
        this.maintenance = metrics == null ? null : MaintenanceMetrics.of(metrics);
    }

    /** Returns whether somebody may look at them. */
    boolean shown() {
        return metrics != null;
    }

    /** Counts what an engine keeps in memory, and has read. */
    void count(StorageRegistry engine) {
        if (metrics != null && maintenance != null) {
            StorageMetrics.cache(engine::manifestCache, metrics);
            maintenance.damagedReads(engine::damagedReads);
        }
    }

    <T> T run(MaintenanceTask task, Supplier<T> work) {
        return maintenance == null ? work.get() : maintenance.run(task, work);
    }

    CollectionListener collection(CollectionListener next) {
        return maintenance == null ? next : maintenance.collection(next);
    }

    ScrubListener scrub(ScrubListener next) {
        return maintenance == null ? next : maintenance.scrub(next);
    }

    void retained(RetentionReport report) {
        if (maintenance != null) {
            maintenance.retained(report);
        }
    }

    void upkept(MaintenanceReport report) {
        if (maintenance != null) {
            maintenance.upkept(report);
        }
    }

    void used(List<PatternUsage> usages) {
        if (maintenance != null) {
            maintenance.used(usages);
        }
    }

    void delivering(List<WebhookStatus> status) {
        if (metrics != null) {
            NotificationMetrics.of(metrics).show(status);
        }
    }

    void holding(String mirror, MirrorStatus status) {
        if (metrics != null) {
            MirrorMetrics.of(metrics).show(mirror, status);
        }
    }

    void replicating(List<ReplicationStatus> status) {
        if (metrics != null) {
            ReplicationMetrics.of(metrics).show(status);
        }
    }

    /** Returns what counts requests. */
    Optional<ServerObserver> requests() {
        return Optional.ofNullable(metrics).map(ServerMetrics::of);
    }
}

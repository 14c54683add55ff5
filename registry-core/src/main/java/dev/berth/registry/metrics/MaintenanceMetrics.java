package dev.berth.registry.metrics;

import dev.berth.registry.engine.MaintenanceReport;
import dev.berth.registry.maintenance.CollectionListener;
import dev.berth.registry.maintenance.scrub.ScrubListener;
import dev.berth.registry.quota.PatternUsage;
import dev.berth.registry.rules.RetentionReport;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Counts what is done in the background: collection, scrub, rules for tags, quotas. Thread-safe.
 *
 * <pre>{@code
 * MaintenanceMetrics counted = MaintenanceMetrics.of(metrics);
 * Collector collector = Collector.over(store,
 *         CollectionOptions.builder().listener(counted.collection(CollectionListener.NONE)).build());
 * counted.run(MaintenanceTask.COLLECTION, () -> collector.collect(CollectionScope.CANDIDATES));
 * }</pre>
 *
 * @since 0.1
 */
public final class MaintenanceMetrics {
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;

    private final Metrics metrics;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Map<MaintenanceTask, Runs> runs = new ConcurrentHashMap<>();
    private final CollectionCounters collection;
    private final ScrubCounters scrub;
    private final Counter deletedTags;
    private final Counter deletedManifests;
    private final Counter retentionFailures;
    private final Counter expiredUploads;
    private final Counter completedDeletions;
    private final Counter expiredTrash;
    private final Labelled<Gauge> quotaBytes;
    private final Labelled<Gauge> quotaRepositories;

    private record Runs(Counter succeeded, Counter failed, Gauge duration, Gauge succeededAt) {}

    private MaintenanceMetrics(Metrics metrics, InstantSource clock, LongSupplier nanoTime) {
        this.metrics = Objects.requireNonNull(metrics, "metrics");
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.collection = new CollectionCounters(metrics);
        this.scrub = new ScrubCounters(metrics);
        this.deletedTags = metrics.counter("registry_retention_deleted_tags_total", "Tags that rules have deleted.");
        this.deletedManifests =
                metrics.counter("registry_retention_deleted_manifests_total", "Manifests that rules have deleted.");
        this.retentionFailures = metrics.counter(
                "registry_retention_failures_total", "Repositories that could not be completed by rules for tags.");
        this.expiredUploads = metrics.counter(
                "registry_uploads_expired_total", "Uploads that were deleted since nobody has continued them.");
        this.completedDeletions = metrics.counter(
                "registry_deletions_completed_total", "Deletions that were completed after their process had died.");
        this.expiredTrash = metrics.counter(
                "registry_trash_expired_total", "Deleted manifests and tags that cannot be restored any more.");
        this.quotaBytes = metrics.gauges(
                "registry_quota_used_bytes", "What the repositories of a pattern with a quota use.", "pattern");
        this.quotaRepositories = metrics.gauges(
                "registry_quota_used_repositories", "How many repositories a pattern with a quota has.", "pattern");
    }

    /** Returns what counts in these metrics. */
    public static MaintenanceMetrics of(Metrics metrics) {
        return new MaintenanceMetrics(metrics, InstantSource.system(), System::nanoTime);
    }

    static MaintenanceMetrics of(Metrics metrics, InstantSource clock, LongSupplier nanoTime) {
        return new MaintenanceMetrics(metrics, clock, nanoTime);
    }

    /** Runs a task, and counts it: whether it succeeded, how long it took, and when that was. */
    public <T> T run(MaintenanceTask task, Supplier<T> work) {
        Runs counted = runs(task);
        long began = nanoTime.getAsLong();
        T result;
        try {
            result = work.get();
        } catch (RuntimeException | Error e) {
            counted.failed.increment();
            throw e;
        } finally {
            counted.duration.set((nanoTime.getAsLong() - began) / NANOS);
        }
        counted.succeeded.increment();
        counted.succeededAt.set(clock.millis() / MILLIS);
        return result;
    }

    private Runs runs(MaintenanceTask task) {
        return runs.computeIfAbsent(task, same -> {
            Labelled<Counter> counters = metrics.counters(
                    "registry_maintenance_runs_total", "Runs of tasks in the background.", "outcome", "task");
            return new Runs(
                    counters.with("success", task.label()),
                    counters.with("failure", task.label()),
                    metrics.gauges(
                                    "registry_maintenance_last_duration_seconds",
                                    "How long the last run of a task took.",
                                    "task")
                            .with(task.label()),
                    metrics.gauges(
                                    "registry_maintenance_last_success_timestamp_seconds",
                                    "When a task last succeeded, in seconds since 1970; 0 before it has.",
                                    "task")
                            .with(task.label()));
        });
    }

    /** Returns a listener that counts what a collection does, and tells another one. */
    public CollectionListener collection(CollectionListener next) {
        return collection.before(next);
    }

    /** Returns a listener that counts what a scrub does, and tells another one. */
    public ScrubListener scrub(ScrubListener next) {
        return scrub.before(next);
    }

    /** Counts what rules for tags have deleted. Not for the report of a dry run. */
    public void retained(RetentionReport report) {
        deletedTags.add(report.deletedTags());
        deletedManifests.add(report.deletedManifests());
        retentionFailures.add(report.failures().size());
    }

    /** Counts what {@link dev.berth.registry.engine.StorageRegistry#maintain} has done. */
    public void upkept(MaintenanceReport report) {
        expiredUploads.add(report.expiredUploads());
        completedDeletions.add(report.completedDeletions());
        expiredTrash.add(report.expiredTrash());
    }

    /** Shows the use of quotas, which stays as it is until it is called again. */
    public void used(List<PatternUsage> usages) {
        for (PatternUsage usage : usages) {
            String pattern = usage.limit().repositories().toString();
            quotaBytes.with(pattern).set(usage.bytes());
            quotaRepositories.with(pattern).set(usage.repositories());
        }
    }

    /** Shows how many blobs were read that were damaged: {@link dev.berth.registry.engine.StorageRegistry#damagedReads}. */
    public void damagedReads(LongSupplier reads) {
        metrics.counter(
                "registry_storage_damaged_reads_total",
                "Reads of blobs whose bytes did not have their digest.",
                Map.of(),
                reads::getAsLong);
    }
}

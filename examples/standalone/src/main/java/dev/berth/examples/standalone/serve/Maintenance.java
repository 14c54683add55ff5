package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.engine.MaintenanceReport;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.metrics.MaintenanceMetrics;
import dev.berth.registry.metrics.MaintenanceTask;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Background work: deletes abandoned uploads, completes interrupted deletions and builds a missing index. */
final class Maintenance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

    private static final Duration MAX_INTERVAL = Duration.ofMinutes(2);

    private final StorageRegistry registry;
    private final MaintenanceMetrics metrics;
    private final BackgroundThread thread =
            new BackgroundThread("berth-maintenance", LOG, "Maintenance failed; it is retried later");

    private Maintenance(StorageRegistry registry, MaintenanceMetrics metrics) {
        this.registry = registry;
        this.metrics = metrics;
    }

    /** Returns the maintenance of a registry. Nothing runs yet. */
    static Maintenance of(StorageRegistry registry, MaintenanceMetrics metrics) {
        return new Maintenance(registry, metrics);
    }

    /** Starts it. In a read-only storage it only builds the index, if need be. */
    void start(Settings settings, boolean indexComplete) {
        if (!indexComplete) {
            thread.execute(this::buildIndex);
        }
        if (!settings.readOnly()) {
            thread.repeat(Duration.ZERO, interval(settings.uploads()), this::run);
        }
    }

    /**
     * Returns the configured interval, at most two minutes: deletions that a crash interrupted must not wait longer, and
     * the journal of those that are over must not grow long.
     */
    static Duration interval(Settings.Uploads uploads) {
        return uploads.interval().compareTo(MAX_INTERVAL) > 0 ? MAX_INTERVAL : uploads.interval();
    }

    private void buildIndex() {
        try {
            LOG.info("This storage has no index yet; building it. Listings take longer until it is complete");
            registry.rebuildIndex(repository -> LOG.debug("Indexed {}", repository));
            LOG.info("The index is complete");
        } catch (RuntimeException | Error e) {
            OutOfMemory.endIfCauseOf(e);
            LOG.warn("The index could not be built; it is retried at the next start", e);
        }
    }

    private void run() {
        try {
            MaintenanceReport report = metrics.run(MaintenanceTask.UPKEEP, registry::maintain);
            metrics.upkept(report);
            if (report.expiredUploads() > 0) {
                LOG.info("Removed {} expired uploads", report.expiredUploads());
            }
            if (report.expiredTrash() > 0) {
                LOG.info("{} deleted manifests and tags can no longer be restored", report.expiredTrash());
            }
            if (report.completedDeletions() > 0) {
                LOG.info("Checked that {} earlier deletions are complete", report.completedDeletions());
            }
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.INSUFFICIENT_STORAGE) {
                LOG.warn("Maintenance could not be completed; it is retried later: {}", e.getMessage());
            } else {
                LOG.warn("Maintenance failed; it is retried later", e);
            }
        }
    }

    /** Interrupts the work. The next start continues it. */
    @Override
    public void close() {
        boolean unused = thread.interrupt(Duration.ZERO);
    }
}

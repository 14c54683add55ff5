package dev.berth.registry.host;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.engine.MaintenanceReport;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.metrics.MaintenanceTask;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes abandoned uploads, completes interrupted deletions and builds a missing index. */
final class Upkeep implements BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private final StorageRegistry engine;
    private final Background background;
    private final Duration interval;
    private final boolean readOnly;
    private final Repetition repetition;
    private boolean indexSeen;

    /**
     * Creates what does nothing yet.
     *
     * @param readOnly whether it only builds the index, if need be
     */
    Upkeep(StorageRegistry engine, Duration interval, boolean readOnly, Background background) {
        this.engine = engine;
        this.background = background;
        this.interval = interval;
        this.readOnly = readOnly;
        this.indexSeen = engine.indexComplete();
        this.repetition = background.repetition(LOG, "Maintenance failed; it is retried later");
    }

    @Override
    public void start() {
        if (!indexSeen || !readOnly) {
            repetition.start(background.threads().of("maintenance"), Duration.ZERO, interval, this::run);
        }
    }

    private void run() {
        if (!indexSeen) {
            // Once only: what fails is said once, and tried again by the next start.
            indexSeen = true;
            buildIndex();
        }
        if (readOnly) {
            repetition.end();
        } else if (!repetition.isEnding()) {
            maintain();
        }
    }

    private void buildIndex() {
        LOG.info("This storage has no index yet; building it. Listings take longer until it is complete");
        try {
            engine.rebuildIndex(repository -> LOG.debug("Indexed {}", repository));
            LOG.info("The index is complete");
        } catch (RegistryException e) {
            repetition.incomplete("The index could not be built", "it is retried at the next start", e);
        }
    }

    private void maintain() {
        try {
            MaintenanceReport report = background.metrics().run(MaintenanceTask.UPKEEP, engine::maintain);
            background.metrics().upkept(report);
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
                repetition.incomplete("Maintenance could not be completed", "it is retried later", e);
            } else {
                throw e;
            }
        }
    }

    /** Interrupts the work. The next start continues it. */
    @Override
    public void close() {
        boolean unused = repetition.interrupt(Duration.ofSeconds(2));
    }
}

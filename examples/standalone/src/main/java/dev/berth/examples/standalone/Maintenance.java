package dev.berth.examples.standalone;

import dev.berth.registry.RegistryException;
import dev.berth.registry.engine.MaintenanceReport;
import dev.berth.registry.engine.StorageRegistry;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens in the background: uploads that nobody finishes are dropped, and a missing index is built. */
final class Maintenance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final StorageRegistry registry;
    private final ScheduledExecutorService thread;

    private Maintenance(StorageRegistry registry, ScheduledExecutorService thread) {
        this.registry = registry;
        this.thread = thread;
    }

    static Maintenance start(StorageRegistry registry, Settings.Uploads uploads, boolean indexComplete) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "berth-maintenance");
            daemon.setDaemon(true);
            return daemon;
        });
        Maintenance maintenance = new Maintenance(registry, thread);
        if (!indexComplete) {
            thread.execute(maintenance::buildIndex);
        }
        long millis = interval(uploads).toMillis();
        // Nobody looks at the future: run() fails with nothing that it does not log.
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(maintenance::run, 0, millis, TimeUnit.MILLISECONDS);
        return maintenance;
    }

    /** As often as uploads are to be looked for; but deletions whose process died must not wait for a day. */
    static Duration interval(Settings.Uploads uploads) {
        return uploads.interval().compareTo(LONGEST) > 0 ? LONGEST : uploads.interval();
    }

    private void buildIndex() {
        try {
            LOG.info("This storage has no index yet; building it. Listings take longer until it is complete");
            registry.rebuildIndex(repository -> LOG.debug("Indexed {}", repository));
            LOG.info("The index is complete");
        } catch (RegistryException e) {
            LOG.warn("The index could not be built; it is tried again at the next start", e);
        }
    }

    private void run() {
        try {
            MaintenanceReport report = registry.maintain();
            if (report.expiredUploads() > 0) {
                LOG.info("Dropped {} uploads that nobody went on with", report.expiredUploads());
            }
        } catch (RuntimeException e) {
            // Also what nobody expects: otherwise it was the last time, and nobody noticed.
            LOG.warn("Maintenance failed; it is tried again later", e);
        }
    }

    /** Ends it, in the middle if need be: the next one goes on. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}

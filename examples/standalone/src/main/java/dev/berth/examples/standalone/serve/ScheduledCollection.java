package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.configuration.CollectionSettings;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.registry.RegistryException;
import dev.berth.registry.maintenance.CollectionDetail.Kind;
import dev.berth.registry.maintenance.CollectionListener;
import dev.berth.registry.maintenance.CollectionOptions;
import dev.berth.registry.maintenance.CollectionReport;
import dev.berth.registry.maintenance.CollectionScope;
import dev.berth.registry.maintenance.Collector;
import dev.berth.registry.metrics.MaintenanceMetrics;
import dev.berth.registry.metrics.MaintenanceTask;
import dev.berth.registry.storage.ObjectStore;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what nobody needs, at an interval, in a thread of its own: a collection may take long. The first one of a process looks at
 * everything, since {@code registry:2} may have written into the storage before.
 */
final class ScheduledCollection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduledCollection.class);

    /** Several at a time: each waits for a service, or for a disk that makes several changes durable at once. */
    private static final int PARALLEL = 8;

    private final Collector collector;
    private final CollectionSettings settings;
    private final BackgroundThread thread =
            new BackgroundThread("berth-collection", LOG, "The collection failed; the next one goes on");
    private final ExecutorService workers;
    private final MaintenanceMetrics metrics;
    private long lastFull;
    private boolean done;

    private ScheduledCollection(
            Collector collector, CollectionSettings settings, ExecutorService workers, MaintenanceMetrics metrics) {
        this.metrics = metrics;
        this.collector = collector;
        this.settings = settings;
        this.workers = workers;
    }

    /**
     * Returns the collection of a store. Nothing runs yet.
     *
     * @param listener is told what is removed
     */
    static ScheduledCollection of(
            ObjectStore store, Settings all, CollectionListener listener, MaintenanceMetrics metrics) {
        CollectionSettings settings = all.collection();
        ExecutorService workers =
                Executors.newFixedThreadPool(PARALLEL - 1, BackgroundThread.daemons("berth-collection-worker"));
        CollectionOptions options = CollectionOptions.builder()
                .grace(settings.grace())
                .callsPerSecond(settings.callsPerSecond())
                .uploadExpiry(all.uploads().expiry())
                .executor(workers, PARALLEL)
                .listener(metrics.collection(listener))
                .build();
        return new ScheduledCollection(Collector.over(store, options), settings, workers, metrics);
    }

    /** Returns whether a server collects: not if that is disabled, or its storage is read-only. */
    static boolean isWanted(Settings all) {
        return all.collection().enabled() && !all.readOnly();
    }

    /** Starts it. One collection follows the other. */
    void start() {
        thread.repeat(settings.interval(), settings.interval(), this::run);
    }

    /** Collects once. A failure of the storage is logged. */
    void run() {
        boolean full =
                !done || System.nanoTime() - lastFull >= settings.fullInterval().toNanos();
        try {
            CollectionScope scope = full ? CollectionScope.EVERYTHING : CollectionScope.CHANGED;
            CollectionReport report = metrics.run(MaintenanceTask.COLLECTION, () -> collector.collect(scope));
            if (full) {
                done = true;
                lastFull = System.nanoTime();
            }
            log(report);
        } catch (RegistryException e) {
            thread.incomplete("The collection was not completed", "the next one goes on", e);
        }
    }

    private static void log(CollectionReport report) {
        if (report.count(Kind.REMOVED) > 0 || report.count(Kind.CONDEMNED) > 0) {
            LOG.info(
                    "Collection: removed {} with {} bytes; {} with {} bytes are not needed and go after the grace period",
                    report.count(Kind.REMOVED),
                    report.removedBytes(),
                    report.count(Kind.CONDEMNED),
                    report.bytes(Kind.CONDEMNED));
        }
        report.notes().forEach(LOG::warn);
        report.details().stream()
                .filter(detail -> detail.kind() == Kind.BROKEN)
                .limit(10)
                .forEach(detail -> LOG.warn("Collection: {}", detail));
    }

    /** Ends a collection at the next digest, and begins no other. Does not wait. The next start continues it. */
    void end() {
        collector.close();
        thread.end();
    }

    @Override
    public void close() {
        end();
        // Removals are bounded; what is interrupted waits for a later collection.
        thread.close(Duration.ofSeconds(5));
        workers.shutdownNow();
    }
}

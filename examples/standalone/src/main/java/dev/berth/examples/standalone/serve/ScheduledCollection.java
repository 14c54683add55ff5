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
import dev.berth.registry.storage.ObjectStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
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
    private final ScheduledExecutorService thread;
    private final ExecutorService workers;
    private long lastFull;
    private boolean done;

    private ScheduledCollection(
            Collector collector,
            CollectionSettings settings,
            ScheduledExecutorService thread,
            ExecutorService workers) {
        this.collector = collector;
        this.settings = settings;
        this.thread = thread;
        this.workers = workers;
    }

    /**
     * Starts it, unless it is disabled or the storage is read-only.
     *
     * @param listener is told what is removed
     */
    static ScheduledCollection start(ObjectStore store, Settings all, CollectionListener listener) {
        CollectionSettings settings = all.collection();
        ExecutorService workers = Executors.newFixedThreadPool(PARALLEL - 1, named("berth-collection-worker"));
        CollectionOptions options = CollectionOptions.builder()
                .grace(settings.grace())
                .callsPerSecond(settings.callsPerSecond())
                .uploadExpiry(all.uploads().age())
                .executor(workers, PARALLEL)
                .listener(listener)
                .build();
        ScheduledCollection collection = new ScheduledCollection(
                Collector.over(store, options),
                settings,
                Executors.newSingleThreadScheduledExecutor(named("berth-collection")),
                workers);
        if (settings.enabled() && !all.readOnly()) {
            long millis = settings.interval().toMillis();
            ScheduledFuture<?> unused =
                    collection.thread.scheduleWithFixedDelay(collection::run, millis, millis, TimeUnit.MILLISECONDS);
        }
        return collection;
    }

    private static ThreadFactory named(String name) {
        return task -> {
            Thread daemon = new Thread(task, name);
            daemon.setDaemon(true);
            return daemon;
        };
    }

    private void run() {
        boolean full =
                !done || System.nanoTime() - lastFull >= settings.fullInterval().toNanos();
        try {
            CollectionReport report = collector.collect(full ? CollectionScope.EVERYTHING : CollectionScope.CHANGED);
            if (full) {
                done = true;
                lastFull = System.nanoTime();
            }
            log(report);
        } catch (RegistryException e) {
            if (!thread.isShutdown()) {
                LOG.warn("The collection was not completed; the next one goes on: {}", e.getMessage());
                LOG.debug("The collection was not completed", e);
            }
        } catch (RuntimeException | Error e) {
            OutOfMemory.endIfCauseOf(e);
            // Whatever it is: what escapes would cancel all further runs silently.
            LOG.warn("The collection failed; the next one goes on", e);
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

    /** Ends a collection at the next digest. The next start continues it. */
    @Override
    public void close() {
        collector.close();
        thread.shutdown();
        try {
            // Removals are bounded; what is interrupted waits for a later collection.
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
        workers.shutdownNow();
    }
}

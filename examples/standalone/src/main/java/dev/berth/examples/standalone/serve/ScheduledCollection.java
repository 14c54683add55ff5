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
     * Returns the collection of a store. Nothing runs yet.
     *
     * @param listener is told what is removed
     */
    static ScheduledCollection of(ObjectStore store, Settings all, CollectionListener listener) {
        CollectionSettings settings = all.collection();
        ExecutorService workers = Executors.newFixedThreadPool(PARALLEL - 1, named("berth-collection-worker"));
        CollectionOptions options = CollectionOptions.builder()
                .grace(settings.grace())
                .callsPerSecond(settings.callsPerSecond())
                .uploadExpiry(all.uploads().expiry())
                .executor(workers, PARALLEL)
                .listener(listener)
                .build();
        return new ScheduledCollection(
                Collector.over(store, options),
                settings,
                Executors.newSingleThreadScheduledExecutor(named("berth-collection")),
                workers);
    }

    /** Returns whether a server collects: not if that is disabled, or its storage is read-only. */
    static boolean isWanted(Settings all) {
        return all.collection().enabled() && !all.readOnly();
    }

    /** Starts it. One collection follows the other. */
    void start() {
        long millis = settings.interval().toMillis();
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(this::run, millis, millis, TimeUnit.MILLISECONDS);
    }

    private static ThreadFactory named(String name) {
        return task -> {
            Thread daemon = new Thread(task, name);
            daemon.setDaemon(true);
            return daemon;
        };
    }

    /** Collects once. Fails never. */
    void run() {
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

    /** Ends a collection at the next digest, and begins no other. Does not wait. The next start continues it. */
    void end() {
        collector.close();
        thread.shutdown();
    }

    @Override
    public void close() {
        end();
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

package dev.berth.registry.host;

import dev.berth.registry.RegistryException;
import dev.berth.registry.maintenance.CollectionDetail.Kind;
import dev.berth.registry.maintenance.CollectionListener;
import dev.berth.registry.maintenance.CollectionOptions;
import dev.berth.registry.maintenance.CollectionReport;
import dev.berth.registry.maintenance.CollectionRun;
import dev.berth.registry.maintenance.CollectionRuns;
import dev.berth.registry.maintenance.CollectionScope;
import dev.berth.registry.maintenance.Collector;
import dev.berth.registry.metrics.MaintenanceTask;
import dev.berth.registry.storage.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what nobody needs. */
final class CollectionWork implements BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(CollectionWork.class);
    private static final int MOST_WARNINGS = 10;
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Collector collector;
    private final CollectionRuns runs;
    private final CollectionSchedule schedule;
    private final Background background;
    private final Repetition repetition;
    private @Nullable Instant lastFull;

    private CollectionWork(
            Collector collector, CollectionRuns runs, CollectionSchedule schedule, Background background) {
        this.collector = collector;
        this.runs = runs;
        this.schedule = schedule;
        this.background = background;
        this.repetition = background.repetition(LOG, "The collection failed; the next one goes on");
    }

    /**
     * Returns the collection of a store. Nothing runs yet.
     *
     * @param listeners are told what is removed, before the listener of the options
     */
    static CollectionWork of(
            ObjectStore store, CollectionSchedule schedule, List<CollectionListener> listeners, Background background) {
        CollectionOptions options = schedule.options();
        CollectionListener told = CollectionListener.allOf(
                List.of(background.metrics().collection(CollectionListener.allOf(listeners)), options.listener()));
        CollectionOptions.Builder all = options.toBuilder().listener(told);
        if (schedule.threads() > 1) {
            // One of them is the thread that waits for the others.
            all.executor(background.threads().workers("collection", schedule.threads() - 1), schedule.threads());
        }
        return new CollectionWork(Collector.over(store, all.build()), CollectionRuns.of(store), schedule, background);
    }

    @Override
    public void start() {
        repetition.start(background.threads().of("collection"), schedule.interval(), schedule.interval(), this::run);
    }

    private void run() {
        Instant now = background.clock().instant();
        boolean full = lastFull == null || !now.isBefore(lastFull.plus(schedule.fullInterval()));
        CollectionScope scope = full ? CollectionScope.EVERYTHING : CollectionScope.CHANGED;
        try {
            CollectionReport report =
                    background.metrics().run(MaintenanceTask.COLLECTION, () -> collector.collect(scope));
            if (full) {
                lastFull = now;
            }
            log(report);
            keep(CollectionRun.done(now, background.clock().instant(), report));
        } catch (RegistryException e) {
            repetition.incomplete("The collection was not completed", "the next one goes on", e);
            if (!repetition.isEnding()) {
                keep(CollectionRun.failed(now, background.clock().instant(), String.valueOf(e.getMessage())));
            }
        }
    }

    /** For people to look at: without it nothing else is missing. */
    private void keep(CollectionRun run) {
        try {
            runs.record(run);
        } catch (RegistryException e) {
            LOG.debug("The report of the collection could not be kept", e);
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
                .limit(MOST_WARNINGS)
                .forEach(detail -> LOG.warn("Collection: {}", detail));
    }

    /** Ends at the next digest. The next start continues it. */
    @Override
    public void end() {
        repetition.end();
        collector.close();
    }

    @Override
    public void close() {
        end();
        // Removals are bounded; what is interrupted waits for a later collection.
        repetition.close(CLOSING);
    }
}

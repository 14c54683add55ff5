package dev.berth.registry.host;

import dev.berth.registry.RegistryException;
import dev.berth.registry.maintenance.CollectionDryRun;
import dev.berth.registry.maintenance.CollectionOptions;
import dev.berth.registry.maintenance.CollectionRuns;
import dev.berth.registry.maintenance.CollectionScope;
import dev.berth.registry.maintenance.scrub.Quarantine;
import dev.berth.registry.maintenance.scrub.Scrub;
import dev.berth.registry.maintenance.scrub.ScrubReport;
import dev.berth.registry.metrics.MaintenanceTask;
import dev.berth.registry.storage.ObjectStore;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the work that keeps a storage in order has done, by whichever process, and what may be begun by hand:
 * {@link HostedRegistry#maintenance}. Thread-safe.
 *
 * <p>All methods throw a {@link RegistryException} with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if the storage fails.
 *
 * @since 0.1
 */
public final class HostedMaintenance {
    private static final Logger LOG = LoggerFactory.getLogger(HostedMaintenance.class);

    private final Optional<CollectionSchedule> collection;
    private final Optional<ScrubSchedule> scrub;
    private final boolean readOnly;
    private final CollectionRuns runs;
    private final CollectionDryRun dryRun;
    private final Scrub reports;
    private final Optional<Scrub> scrubbing;
    private final Background background;
    private final Executor thread;
    private final AtomicBoolean scrubbingNow = new AtomicBoolean();

    HostedMaintenance(HostedRegistryBuilder settings, Optional<Scrub> scrubbing, Background background) {
        ObjectStore store = settings.store;
        this.collection = Optional.ofNullable(settings.collection);
        this.scrub = Optional.ofNullable(settings.scrub);
        this.readOnly = settings.readOnly;
        this.runs = CollectionRuns.of(store);
        this.dryRun = CollectionDryRun.over(
                store, collection.map(CollectionSchedule::options).orElseGet(CollectionOptions::defaults));
        this.reports = Scrub.over(store);
        this.scrubbing = scrubbing;
        this.background = background;
        this.thread = background.threads().workers("by-hand", 2);
    }

    /** Returns when this process removes what nobody needs; empty if it does not. */
    public Optional<CollectionSchedule> collectionSchedule() {
        return collection.filter(any -> !readOnly);
    }

    /** Returns when this process looks for damage; empty if it does not. */
    public Optional<ScrubSchedule> scrubSchedule() {
        return scrub.filter(any -> scrubbing.isPresent());
    }

    /** Returns what the last collections have done. */
    public CollectionRuns collections() {
        return runs;
    }

    /** Returns the dry runs of collections: how far one is, and what the last one has found. */
    public CollectionDryRun dryRun() {
        return dryRun;
    }

    /** Returns whether dry runs and scrubs can be begun: not if nothing may be written to the store. */
    public boolean writable() {
        return !readOnly;
    }

    /**
     * Begins a dry run of a collection in the background, unless one is in progress in any process.
     *
     * @return whether it was begun; never of a read-only registry
     */
    public boolean beginDryRun(CollectionScope scope) {
        return !readOnly && dryRun.begin(scope, thread);
    }

    /** Returns what the last round of a scrub has found that was finished; empty if none was. */
    public Optional<ScrubReport> lastScrub() {
        return reports.lastReport();
    }

    /** Returns how far the round of a scrub is that was begun and is not finished; empty if there is none. */
    public Optional<ScrubReport> unfinishedScrub() {
        return reports.unfinished();
    }

    /** Returns the damaged data that was moved aside. */
    public Quarantine quarantine() {
        return reports.quarantine();
    }

    /**
     * Looks for damage now, in the background: goes on with the round that was begun, or begins one.
     *
     * @return whether it was begun; not if it was already, or this process looks for no damage
     */
    public boolean beginScrub() {
        if (scrubbing.isEmpty() || !scrubbingNow.compareAndSet(false, true)) {
            return false;
        }
        try {
            Scrub begun = scrubbing.get();
            thread.execute(() -> run(begun));
            return true;
        } catch (RejectedExecutionException e) {
            // The registry ends.
            scrubbingNow.set(false);
            return false;
        }
    }

    private void run(Scrub begun) {
        try {
            ScrubReport unused = background.metrics().run(MaintenanceTask.SCRUB, begun::run);
        } catch (RegistryException e) {
            LOG.warn("The scrub that was begun by hand was not completed: {}", e.getMessage());
        } finally {
            scrubbingNow.set(false);
        }
    }
}

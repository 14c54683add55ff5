package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.registry.Registry;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.maintenance.CollectionListener;
import dev.berth.registry.maintenance.scrub.ScrubListener;
import dev.berth.registry.metrics.MaintenanceMetrics;
import dev.berth.registry.rules.RetentionAudit;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.List;

/**
 * The engine with the layers in front of it that belong to its storage, and the work in the background that keeps the storage in
 * order. From the outside to the inside: numbers of pulls, mirrors, rules for tags, quotas, engine. What a mirror brings is not
 * pushed, so that rules and quotas have no say in it; they are inside, where replication writes past the mirrors.
 */
final class HostedRegistry implements AutoCloseable {
    private final Settings settings;
    private final ServedEvents events;
    private final StorageRegistry engine;
    private final boolean indexComplete;
    private final Maintenance maintenance;
    private final ServedMirrors mirrors;
    private final ScheduledQuotas quotas;
    private final CountedPulls pulls;
    private final ScheduledRetention retention;
    private final ScheduledCollection collection;
    private final ScheduledScrub scrub;
    private final Registry locked;

    private HostedRegistry(
            ObjectStore store, Settings settings, ServedEvents events, AuditListener audit, ServedMetrics metrics)
            throws IOException {
        this.settings = settings;
        this.events = events;
        this.engine = StorageRegistry.over(store, settings.storageOptions());
        metrics.count(engine);
        MaintenanceMetrics counted = metrics.maintenance();
        this.indexComplete = engine.indexComplete();
        this.maintenance = Maintenance.of(engine, counted);
        this.quotas = ScheduledQuotas.of(store, engine, settings, counted);
        this.pulls = CountedPulls.of(store, settings);
        this.retention =
                ScheduledRetention.of(settings.rules(), engine, pulls.lastPulls(), RetentionAudit.of(audit), counted);
        this.collection = ScheduledCollection.of(
                store,
                settings,
                CollectionListener.allOf(List.of(quotas.collectionListener(), CollectionListener.auditing(audit))),
                counted);
        this.scrub = ScheduledScrub.of(
                store,
                settings,
                List.of(quotas.scrubListener(), events.scrubListener(), ScrubListener.auditing(audit)),
                counted);
        this.locked = retention.locking(quotas.registry());
        this.mirrors = ServedMirrors.of(store, locked, settings, metrics, audit);
    }

    /**
     * Opens the registry in a store. Nothing runs in the background yet.
     *
     * @param events is told what the work in the background does
     * @param audit is told what it removes
     * @param metrics counts it
     * @throws IOException with a sentence for the user, if a file for a mirror cannot be read
     */
    static HostedRegistry of(
            ObjectStore store, Settings settings, ServedEvents events, AuditListener audit, ServedMetrics metrics)
            throws IOException {
        return new HostedRegistry(store, settings, events, audit, metrics);
    }

    /** Returns the registry for clients. */
    Registry registry() {
        return pulls.counting(mirrors.registry());
    }

    /**
     * Returns the registry that is replicated: with rules and quotas, and without what is only mirrored. No other registry is
     * asked for what is not here.
     */
    Registry pushedHere() {
        return PushedHere.of(locked, mirrors.prefixes());
    }

    /** Returns the mirrors, of which clients see nothing but what they pull. */
    ServedMirrors mirrors() {
        return mirrors;
    }

    /** Starts the work in the background. In a read-only storage only what listings need. */
    void start() {
        maintenance.start(settings, indexComplete);
        mirrors.start();
        quotas.start();
        pulls.start();
        if (ScheduledRetention.isWanted(settings)) {
            // Through the mirrors, which then know that it is gone.
            retention.start(events.toldBy(mirrors.registry(), "berth retention"));
        }
        if (ScheduledCollection.isWanted(settings)) {
            collection.start();
        }
        if (ScheduledScrub.isWanted(settings)) {
            scrub.start();
        }
    }

    /** Begins to end what may take long. Does not wait. */
    void end() {
        retention.end();
        collection.end();
        scrub.end();
    }

    /** Ends everything within seconds. To be called when no request is in progress any more. The next start goes on. */
    @Override
    public void close() {
        retention.close();
        collection.close();
        scrub.close();
        pulls.close();
        maintenance.close();
        mirrors.close();
        // After the others, which tell it what they have removed.
        quotas.close();
        engine.close();
    }
}

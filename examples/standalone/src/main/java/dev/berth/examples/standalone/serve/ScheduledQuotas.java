package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.registry.Digest;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.maintenance.CollectionListener;
import dev.berth.registry.maintenance.scrub.ScrubFinding;
import dev.berth.registry.maintenance.scrub.ScrubListener;
import dev.berth.registry.metrics.MaintenanceMetrics;
import dev.berth.registry.metrics.MaintenanceTask;
import dev.berth.registry.quota.QuotaOptions;
import dev.berth.registry.quota.Quotas;
import dev.berth.registry.storage.ObjectStore;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The quotas of a server, if it has any: in front of the storage, and counted in the background. */
final class ScheduledQuotas implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduledQuotas.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration SHOWN_INTERVAL = Duration.ofMinutes(1);
    private static final String NOT_COUNTED = "The use of quotas was not counted";
    private static final String NEXT = "it is retried in a moment";

    private final Registry storage;
    private final Optional<Quotas> quotas;
    private final MaintenanceMetrics metrics;

    /** Whether somebody looks at the metrics: the use of quotas is read from the storage for them. */
    private final boolean shown;

    private final BackgroundThread thread = new BackgroundThread("berth-quotas", LOG, NOT_COUNTED + "; " + NEXT);

    private ScheduledQuotas(Registry storage, Optional<Quotas> quotas, MaintenanceMetrics metrics, boolean shown) {
        this.storage = storage;
        this.quotas = quotas;
        this.metrics = metrics;
        this.shown = shown;
    }

    /** Returns the quotas of a store: none if its storage is read-only. Nothing runs yet. */
    static ScheduledQuotas of(ObjectStore store, Registry storage, Settings settings, MaintenanceMetrics metrics) {
        boolean needed = !settings.quotas().isEmpty() && !settings.readOnly();
        return new ScheduledQuotas(
                storage,
                needed
                        ? Optional.of(Quotas.over(
                                store,
                                storage,
                                QuotaOptions.builder().limits(settings.quotas()).build()))
                        : Optional.empty(),
                metrics,
                settings.debug().hasMetrics());
    }

    /** Counts in the background from now on, if there are any quotas. */
    void start() {
        quotas.ifPresent(counted -> {
            thread.repeat(Duration.ZERO, INTERVAL, () -> maintain(counted));
            if (shown) {
                thread.repeat(INTERVAL, SHOWN_INTERVAL, () -> show(counted));
            }
        });
    }

    /** Returns the registry with its quotas. */
    Registry registry() {
        return quotas.map(Quotas::registry).orElse(storage);
    }

    /** Returns what a scrub tells: damaged data that it has moved aside is not used any more. */
    ScrubListener scrubListener() {
        return new ScrubListener() {
            @Override
            public void onFinding(ScrubFinding finding) {
                quotas.filter(counted -> finding.quarantined().isPresent())
                        .ifPresent(counted -> finding.digest()
                                .ifPresent(digest -> finding.affected()
                                        .forEach(affected -> counted.released(affected.repository(), digest))));
            }
        };
    }

    /** Returns what a collection tells. */
    CollectionListener collectionListener() {
        return quotas.<CollectionListener>map(counted -> new CollectionListener() {
                    @Override
                    public void removedLink(RepositoryName repository, Digest digest) {
                        counted.released(repository, digest);
                    }
                })
                .orElse(CollectionListener.NONE);
    }

    private void maintain(Quotas counted) {
        try {
            metrics.run(MaintenanceTask.QUOTAS, () -> {
                counted.maintain();
                return true;
            });
        } catch (RegistryException e) {
            thread.incomplete(NOT_COUNTED, NEXT, e);
        }
    }

    private void show(Quotas counted) {
        try {
            metrics.used(counted.usage());
        } catch (RegistryException e) {
            LOG.debug("The use of quotas could not be shown", e);
        }
    }

    /** Counts what was pushed, and gives back what was set aside. */
    @Override
    public void close() {
        // What is not counted now is counted by the next start.
        if (thread.interrupt(Duration.ofSeconds(5))) {
            quotas.ifPresent(Quotas::close);
        }
    }
}

package dev.berth.examples.embedded;

import dev.berth.registry.Digest;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.compose.Observed;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.EventFactory;
import dev.berth.registry.event.EventSink;
import dev.berth.registry.maintenance.CollectionListener;
import dev.berth.registry.maintenance.CollectionOptions;
import dev.berth.registry.maintenance.CollectionScope;
import dev.berth.registry.maintenance.Collector;
import dev.berth.registry.maintenance.scrub.Scrub;
import dev.berth.registry.maintenance.scrub.ScrubListener;
import dev.berth.registry.maintenance.scrub.ScrubOptions;
import dev.berth.registry.pulls.PullStatistics;
import dev.berth.registry.quota.QuotaOptions;
import dev.berth.registry.quota.Quotas;
import dev.berth.registry.rules.Immutable;
import dev.berth.registry.rules.Retention;
import dev.berth.registry.rules.RuleContext;
import dev.berth.registry.rules.TagRules;
import dev.berth.registry.storage.ObjectStore;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Hosts a registry with undelete, quotas, rules for tags and numbers of pulls, whose space comes back and whose damage is found. */
final class MaintainedRegistry implements AutoCloseable {
    private final StorageRegistry engine;
    private final Quotas quotas;
    private final PullStatistics pulls;
    private final Registry registry;
    private final Retention retention;
    private final Collector collector;
    private final Scrub scrub;

    MaintainedRegistry(ObjectStore store, QuotaOptions limits, TagRules rules, EventSink sink) {
        EventContext process = EventContext.builder().instance("registry-1").build();

        // The layers, from the inside to the outside.
        engine = StorageRegistry.over(
                store, StorageOptions.builder().undelete(Duration.ofDays(7)).build());
        quotas = Quotas.over(store, engine, limits);
        pulls = PullStatistics.over(store);
        RuleContext context = RuleContext.of(engine).withPulls(pulls::lastPulls);
        Registry locked = Immutable.of(quotas.registry(), rules, context);
        registry = Observed.of(pulls.counting(locked), process, sink);

        // What works beside them. What retention deletes and a scrub moves aside are events as well.
        retention = Retention.of(engine, rules, context).deletingThrough(registry);
        collector = Collector.over(
                store,
                CollectionOptions.builder()
                        .callsPerSecond(500)
                        .listener(telling(quotas))
                        .build());
        scrub = Scrub.over(
                store,
                ScrubOptions.builder()
                        .bytesPerSecond(20 << 20)
                        .listener(ScrubListener.publishing(sink, process, EventFactory.system()))
                        .build());
    }

    private static CollectionListener telling(Quotas quotas) {
        return new CollectionListener() {
            @Override
            public void removedLink(RepositoryName repository, Digest digest) {
                quotas.released(repository, digest);
            }
        };
    }

    /** Returns the registry for callers: for a server, for an {@code Authorized}, or for code in this process. */
    Registry registry() {
        return registry;
    }

    /** Lets a service do the work. Closing this object ends what takes long; the service is ended by its owner. */
    void schedule(ScheduledExecutorService service) {
        repeat(service, Duration.ofSeconds(10), quotas::maintain);
        repeat(service, Duration.ofSeconds(30), pulls::flush);
        repeat(service, Duration.ofMinutes(2), this::maintain);
        repeat(service, Duration.ofMinutes(5), pulls::compact);
        repeat(service, Duration.ofMinutes(10), this::collect);
        repeat(service, Duration.ofMinutes(10), this::scrubIfDue);
        repeat(service, Duration.ofHours(24), this::retain);
    }

    /** A failure is that of the storage. The next run goes on where this one has stopped. */
    private static void repeat(ScheduledExecutorService service, Duration interval, Runnable work) {
        var unused = service.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (RegistryException e) {
                        System.Logger log = System.getLogger(MaintainedRegistry.class.getName());
                        log.log(System.Logger.Level.WARNING, "Maintenance is tried again later: " + e.getMessage());
                    }
                },
                interval.toMillis(),
                interval.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Removes abandoned uploads and what can no longer be restored. */
    void maintain() {
        var unused = engine.maintain();
    }

    /** Deletes what the rules say. */
    void retain() {
        var unused = retention.run(Retention.Mode.DELETE, step -> {});
    }

    /** Gives the space back of what nobody needs. */
    void collect() {
        var unused = collector.collect(CollectionScope.CHANGED);
    }

    /** Looks for damage once a week. */
    void scrubIfDue() {
        if (scrub.isDue(Duration.ofDays(7))) {
            var unused = scrub.run();
        }
    }

    @Override
    public void close() {
        collector.close();
        scrub.close();
        pulls.close();
        quotas.close();
        engine.close();
    }
}

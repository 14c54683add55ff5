package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.configuration.CollectionSettings;
import dev.berth.examples.standalone.configuration.RuleSettings;
import dev.berth.examples.standalone.configuration.ScrubSettings;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.host.CollectionSchedule;
import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.host.HostedRegistryBuilder;
import dev.berth.registry.host.RetentionSchedule;
import dev.berth.registry.host.ScrubSchedule;
import dev.berth.registry.maintenance.CollectionOptions;
import dev.berth.registry.maintenance.scrub.ScrubOptions;
import dev.berth.registry.quota.QuotaOptions;
import dev.berth.registry.rules.RetentionOptions;
import dev.berth.registry.storage.ObjectStore;

/** The registry that the settings describe, without those of its parts that have to be opened. */
final class ServedRegistry {
    /** Several at a time: each waits for a service, or for a disk that makes several changes durable at once. */
    private static final int COLLECTION_THREADS = 8;

    private ServedRegistry() {}

    /** Returns a builder of the registry over a store. */
    static HostedRegistryBuilder over(ObjectStore store, Settings settings) {
        HostedRegistryBuilder hosted = HostedRegistry.builder(store)
                .engine(settings.storageOptions())
                .upkeep(settings.uploads().interval())
                .rules(settings.rules().tags())
                .retention(retention(settings.rules()))
                .quotas(QuotaOptions.builder().limits(settings.quotas()).build())
                .process(process(settings))
                .onFatalError(OutOfMemory::endIfCauseOf);
        settings.pulls().ifPresent(hosted::countPulls);
        if (settings.collection().enabled()) {
            hosted.collection(collection(settings));
        }
        if (settings.scrub().enabled()) {
            hosted.scrub(scrub(settings.scrub()));
        }
        if (settings.readOnly()) {
            hosted.readOnly();
        }
        if (!settings.deleteEnabled()) {
            hosted.withoutDeletion();
        }
        return hosted;
    }

    private static RetentionSchedule retention(RuleSettings rules) {
        return new RetentionSchedule(
                rules.interval(),
                RetentionOptions.builder().untaggedGrace(rules.untaggedGrace()).build());
    }

    private static CollectionSchedule collection(Settings all) {
        CollectionSettings settings = all.collection();
        CollectionOptions options = CollectionOptions.builder()
                .grace(settings.grace())
                .callsPerSecond(settings.callsPerSecond())
                .uploadExpiry(all.uploads().expiry())
                .build();
        return new CollectionSchedule(settings.interval(), settings.fullInterval(), COLLECTION_THREADS, options);
    }

    private static ScrubSchedule scrub(ScrubSettings settings) {
        return new ScrubSchedule(
                settings.interval(),
                ScrubOptions.builder().bytesPerSecond(settings.bytesPerSecond()).build());
    }

    /** Returns what all events of this process have in common. */
    private static EventContext process(Settings settings) {
        return EventContext.builder()
                .instance(HostName.here() + ":" + number(settings.listen().port()))
                .build();
    }

    /** Returns what tells registries on one machine apart: the port, or the process if the port is any that is free. */
    private static long number(int port) {
        return port > 0 ? port : ProcessHandle.current().pid();
    }
}

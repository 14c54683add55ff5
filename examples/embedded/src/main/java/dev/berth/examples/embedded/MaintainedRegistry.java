package dev.berth.examples.embedded;

import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.EventSink;
import dev.berth.registry.host.CollectionSchedule;
import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.host.HostedRegistryBuilder;
import dev.berth.registry.host.ScrubSchedule;
import dev.berth.registry.quota.QuotaOptions;
import dev.berth.registry.rules.TagRules;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;

/** Hosts a registry with undelete, quotas, rules for tags and numbers of pulls, whose space comes back and whose damage is found. */
final class MaintainedRegistry {
    private MaintainedRegistry() {}

    /** Returns a registry that tells a sink what happens, whoever does it. */
    static HostedRegistryBuilder over(ObjectStore store, QuotaOptions limits, TagRules rules, EventSink sink) {
        return HostedRegistry.builder(store)
                .engine(StorageOptions.builder().undelete(Duration.ofDays(7)).build())
                .quotas(limits)
                .rules(rules)
                .countPulls(Duration.ofSeconds(30))
                .collection(CollectionSchedule.defaults())
                .scrub(ScrubSchedule.defaults())
                .process(EventContext.builder().instance("registry-1").build())
                .events(sink);
    }

    /** Serves a registry until its user returns. */
    static void serve(HostedRegistryBuilder builder, Consumer<URI> user) throws IOException {
        try (HostedRegistry hosted = builder.build();
                RegistryServer server = hosted.server().build().start()) {
            hosted.start();
            user.accept(server.uri());
            hosted.end();
        }
    }
}

package dev.berth.registry.metrics;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.engine.MaintenanceReport;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.maintenance.CollectionListener;
import dev.berth.registry.maintenance.scrub.ScrubFinding;
import dev.berth.registry.maintenance.scrub.ScrubListener;
import dev.berth.registry.maintenance.scrub.ScrubProblem;
import dev.berth.registry.maintenance.scrub.ScrubReport;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.mirror.replication.Replication;
import dev.berth.registry.mirror.replication.ReplicationListener;
import dev.berth.registry.mirror.replication.ReplicationRule;
import dev.berth.registry.quota.PatternUsage;
import dev.berth.registry.quota.QuotaLimit;
import dev.berth.registry.rules.RetentionReport;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.webhook.DeliveryListener;
import dev.berth.registry.webhook.WebhookStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A server with all the metrics that there are, each of which has a series. */
final class EveryMetric implements AutoCloseable {
    final Metrics metrics = new Metrics();
    final RegistryServer server;
    final DebugServer debug;
    private final Health health;

    EveryMetric() throws IOException {
        ObjectStore store = StorageMetrics.over(MemoryObjectStore.create(), "inmemory", metrics);
        StorageRegistry registry = StorageRegistry.over(store);
        StorageMetrics.cache(registry::manifestCache, metrics);
        ProcessMetrics.addTo(metrics);
        maintenance(MaintenanceMetrics.of(metrics), registry);
        health = Health.builder()
                .check("storagedriver_inmemory", HealthCheck.store(store), CheckSchedule.defaults())
                .build();
        health.addTo(metrics);
        health.checkNow();
        failure();
        NotificationMetrics notifications = NotificationMetrics.of(metrics);
        notifications.listener(new DeliveryListener() {}).onQueued("ci", 1);
        notifications.show(List.of(NotificationMetricsTest.status("ci", WebhookStatus.State.ACTIVE)));
        notifications.answers().accept(NotificationMetricsTest.ENDPOINT, 200);
        MirrorMetricsTest.all(MirrorMetrics.of(metrics));
        replication(registry);
        server = RegistryServer.builder(registry)
                .observer(ServerMetrics.of(metrics))
                .filter(health.gate())
                .build()
                .start();
        debug = DebugServer.builder().metrics(metrics).health(health).build().start();
        use(registry.repository(RepositoryName.parse("team/app")));
        server.handler()
                .handle(RegistryRequest.builder("GET", "/v2/_catalog").build())
                .close();
    }

    private static void use(Repository repository) {
        Manifest image = new SampleImages(1).image(repository, List.of(100, 2000), Tag.parse("1"));
        repository.manifests().get(image.digest());
        repository.manifests().get(image.digest());
        repository.tags().list().forEach(tag -> {});
        repository.tags().delete(Tag.parse("1"));
    }

    /** A rule that carries an image over. */
    private void replication(StorageRegistry registry) {
        ObjectStore store = MemoryObjectStore.create();
        ReplicationMetrics counted = ReplicationMetrics.of(metrics);
        new SampleImages(2).image(registry.repository("team/app"), List.of(100), Tag.parse("2"));
        try (Replication replication = Replication.builder(registry, store)
                .rule(ReplicationRule.builder("west").build(), StorageRegistry.over(store))
                .listener(counted.listener(ReplicationListener.none()))
                .build()) {
            replication.run();
            counted.show(replication.status());
        }
    }

    /** A call of a store that fails. */
    private void failure() throws IOException {
        ObjectStore closed = StorageMetrics.over(MemoryObjectStore.create(), "inmemory", metrics);
        closed.close();
        try {
            closed.stat(ObjectKey.of("a"));
            throw new AssertionError("It is closed");
        } catch (IOException e) {
            // It is counted now.
            return;
        }
    }

    private static void maintenance(MaintenanceMetrics maintenance, StorageRegistry registry) {
        maintenance.damagedReads(registry::damagedReads);
        MaintenanceReport report = maintenance.run(MaintenanceTask.UPKEEP, registry::maintain);
        maintenance.upkept(report);
        Digest digest = Digest.sha256(new byte[0]);
        CollectionListener collection = maintenance.collection(CollectionListener.NONE);
        collection.removedData(digest, 100);
        collection.removedLink(RepositoryName.parse("a"), digest);
        collection.broken("a", "unreadable");
        ScrubListener scrub = maintenance.scrub(new ScrubListener() {});
        scrub.onFinding(new ScrubFinding(
                ScrubProblem.DAMAGED_DATA,
                ObjectKey.of("a"),
                Optional.of(digest),
                "Damaged",
                List.of(),
                Optional.empty()));
        scrub.onProgress(new ScrubReport(Instant.EPOCH, Optional.empty(), false, 1, 2, 3, 1, List.of()));
        maintenance.retained(new RetentionReport(1, 0, 0, 0, 2, 3, 0, List.of("one")));
        maintenance.used(List.of(new PatternUsage(QuotaLimit.bytes(NamePattern.parse("team/**"), 1000), 100, 1, 0, 0)));
    }

    @Override
    public void close() {
        server.close();
        debug.close();
        health.close();
    }
}

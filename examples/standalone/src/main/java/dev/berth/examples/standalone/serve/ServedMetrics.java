package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.configuration.Storage;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.metrics.MaintenanceMetrics;
import dev.berth.registry.metrics.Metrics;
import dev.berth.registry.metrics.MirrorMetrics;
import dev.berth.registry.metrics.NotificationMetrics;
import dev.berth.registry.metrics.ProcessMetrics;
import dev.berth.registry.metrics.ReplicationMetrics;
import dev.berth.registry.metrics.ServerMetrics;
import dev.berth.registry.metrics.StorageMetrics;
import dev.berth.registry.server.ServerObserver;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.webhook.DeliveryListener;
import java.util.Optional;

/**
 * The metrics of a server, for {@code http.debug.prometheus}. Where nobody can ask for them, nothing is counted in the way of
 * a request.
 */
final class ServedMetrics {
    private final Metrics metrics = new Metrics();
    private final MaintenanceMetrics maintenance = MaintenanceMetrics.of(metrics);
    private final NotificationMetrics deliveries = NotificationMetrics.of(metrics);
    private final MirrorMetrics mirrors = MirrorMetrics.of(metrics);
    private final ReplicationMetrics replication = ReplicationMetrics.of(metrics);
    private final boolean shown;

    private ServedMetrics(boolean shown) {
        this.shown = shown;
    }

    static ServedMetrics of(Settings settings) {
        ServedMetrics served = new ServedMetrics(settings.debug().hasMetrics());
        if (served.shown) {
            ProcessMetrics.addTo(served.metrics);
        }
        return served;
    }

    /** Returns whether somebody can ask for them. */
    boolean shown() {
        return shown;
    }

    /** Returns where all is counted. */
    Metrics all() {
        return metrics;
    }

    /** Returns what counts the work in the background. */
    MaintenanceMetrics maintenance() {
        return maintenance;
    }

    /** Returns a store whose calls are counted. Closing it closes the store. */
    ObjectStore counting(ObjectStore store, Storage kind) {
        return shown ? StorageMetrics.over(store, driver(kind), metrics) : store;
    }

    /** Returns the word that is the value of the label {@code driver}, and the name of the kind in the settings. */
    static String driver(Storage kind) {
        if (kind instanceof Storage.Directory) {
            return "filesystem";
        }
        return kind instanceof Storage.Memory ? "inmemory" : "s3";
    }

    /** Counts what an engine keeps in memory, and has read. */
    void count(StorageRegistry engine) {
        if (shown) {
            StorageMetrics.cache(engine::manifestCache, metrics);
            maintenance.damagedReads(engine::damagedReads);
        }
    }

    /** Returns what counts the delivery of events. */
    DeliveryListener deliveries() {
        return deliveries.listener(new DeliveryListener() {});
    }

    /** Returns what shows how the delivery to endpoints goes. */
    NotificationMetrics notifications() {
        return deliveries;
    }

    /** Returns what counts what mirrors do. */
    MirrorMetrics mirrors() {
        return mirrors;
    }

    /** Returns what counts what is replicated. */
    ReplicationMetrics replication() {
        return replication;
    }

    /** Returns what counts requests. */
    Optional<ServerObserver> requests() {
        return shown ? Optional.of(ServerMetrics.of(metrics)) : Optional.empty();
    }
}

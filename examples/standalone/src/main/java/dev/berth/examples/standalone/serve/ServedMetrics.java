package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.configuration.Storage;
import dev.berth.registry.metrics.Metrics;
import dev.berth.registry.metrics.MirrorMetrics;
import dev.berth.registry.metrics.NotificationMetrics;
import dev.berth.registry.metrics.ProcessMetrics;
import dev.berth.registry.metrics.ReplicationMetrics;
import dev.berth.registry.metrics.StorageMetrics;
import dev.berth.registry.scan.service.ScanMetrics;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.webhook.DeliveryListener;
import dev.berth.registry.webhook.WebhookEndpoint;
import java.util.Optional;
import java.util.function.ObjIntConsumer;

/**
 * The metrics of a server, for {@code http.debug.prometheus}. Where nobody can ask for them, nothing is counted in the way of
 * a request.
 */
final class ServedMetrics {
    private final Metrics metrics = new Metrics();
    private final NotificationMetrics deliveries = NotificationMetrics.of(metrics);
    private final MirrorMetrics mirrors = MirrorMetrics.of(metrics);
    private final ReplicationMetrics replication = ReplicationMetrics.of(metrics);
    private final ScanMetrics scans = ScanMetrics.of(metrics);
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

    /** Returns where all is counted. */
    Metrics all() {
        return metrics;
    }

    /** Returns the same, if somebody can ask for them. */
    Optional<Metrics> shown() {
        return shown ? Optional.of(metrics) : Optional.empty();
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

    /** Returns what counts the delivery of events. */
    DeliveryListener deliveries() {
        return deliveries.listener(new DeliveryListener() {});
    }

    /** Returns what counts the answers of endpoints. */
    ObjIntConsumer<WebhookEndpoint> answers() {
        return deliveries.answers();
    }

    /** Returns what counts what mirrors do. */
    MirrorMetrics mirrors() {
        return mirrors;
    }

    /** Returns what counts what is replicated. */
    ReplicationMetrics replication() {
        return replication;
    }

    /** Returns what counts scans. */
    ScanMetrics scans() {
        return scans;
    }
}

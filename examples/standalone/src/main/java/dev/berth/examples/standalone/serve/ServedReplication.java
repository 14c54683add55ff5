package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.configuration.mirror.ReplicationSettings;
import dev.berth.examples.standalone.upstream.UpstreamClients;
import dev.berth.registry.Registry;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.RetryPolicy;
import dev.berth.registry.host.HostedRegistryBuilder;
import dev.berth.registry.mirror.replication.Replication;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The replication of a server, one for each rule. There is none over a read-only storage. */
final class ServedReplication implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServedReplication.class);
    private static final long CLOSING_SECONDS = 2;

    private final UpstreamClients<ReplicationSettings> others;
    private final List<Replication> replications = new ArrayList<>();
    private final ServedMetrics metrics;
    private final ExecutorService runs = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "berth-replication-run");
        thread.setDaemon(true);
        return thread;
    });

    private ServedReplication(UpstreamClients<ReplicationSettings> others, ServedMetrics metrics) {
        this.others = others;
        this.metrics = metrics;
    }

    /**
     * Returns the replication that the settings describe. Nothing is asked of any other registry yet.
     *
     * @param metrics counts what is carried over
     * @throws IOException with a sentence for the user, if a file cannot be read
     */
    static ServedReplication of(Settings settings, ServedMetrics metrics) throws IOException {
        return new ServedReplication(
                UpstreamClients.of(
                        settings.readOnly() ? List.of() : settings.replication(),
                        ReplicationSettings::other,
                        RetryPolicy.standard()),
                metrics);
    }

    /** Adds it to a registry over a store. */
    void addTo(HostedRegistryBuilder hosted, ObjectStore store) {
        others.all().forEach((rule, other) -> hosted.replication(pushed -> replication(rule, other, pushed, store)));
    }

    private Replication replication(
            ReplicationSettings rule, RemoteRegistry other, Registry pushed, ObjectStore store) {
        try {
            Replication replication = Replication.builder(pushed, store)
                    .rule(rule.rule(), other)
                    .interval(rule.interval())
                    .listener(metrics.replication().listener(new LoggedReplication()))
                    .build();
            replications.add(replication);
            return replication;
        } catch (IllegalArgumentException e) {
            throw new CommandException("The setting " + rule.other().path() + " is wrong: " + e.getMessage() + ".");
        }
    }

    /** Returns one for each rule. There are none before the registry is built. */
    List<Replication> all() {
        return List.copyOf(replications);
    }

    /** Runs a comparison, which takes long. */
    void execute(Runnable comparison) {
        runs.execute(() -> {
            try {
                comparison.run();
            } catch (RuntimeException | Error e) {
                OutOfMemory.endIfCauseOf(e);
                LOG.warn("A replication that was begun by hand has failed", e);
            }
        });
    }

    /** Ends what was begun by hand, within seconds. To be called after the registry was closed, and the replication with it. */
    @Override
    public void close() {
        runs.shutdownNow();
        try {
            boolean unused = runs.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        others.close();
    }
}

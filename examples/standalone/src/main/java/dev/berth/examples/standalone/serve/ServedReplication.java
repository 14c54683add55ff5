package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.configuration.mirror.ReplicationSettings;
import dev.berth.examples.standalone.upstream.UpstreamClient;
import dev.berth.registry.Registry;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.RetryPolicy;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.EventSink;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.mirror.replication.Replication;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replication of a server: a sink of its events, which exists before the registry that publishes them. There is none over a
 * read-only storage.
 */
final class ServedReplication implements EventSink {
    private static final Logger LOG = LoggerFactory.getLogger(ServedReplication.class);

    private static final Duration SHOWN_INTERVAL = Duration.ofSeconds(15);

    /** Who has done what replication does, in events. */
    static final String ACTOR = "berth replication";

    private final List<ReplicationSettings> rules;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final ServedMetrics metrics;
    private final BackgroundThread shown =
            new BackgroundThread("berth-replication-shown", LOG, "How replication goes could not be shown in metrics");
    private final BackgroundThread thread =
            new BackgroundThread("berth-replication-run", LOG, "A replication that was begun by hand has failed");
    private volatile List<Replication> replications = List.of();

    private ServedReplication(List<ReplicationSettings> rules, ServedMetrics metrics) {
        this.rules = rules;
        this.metrics = metrics;
    }

    /**
     * Returns the replication that the settings describe. Nothing is opened yet.
     *
     * @param metrics counts what is carried over
     */
    static ServedReplication of(Settings settings, ServedMetrics metrics) {
        return new ServedReplication(settings.readOnly() ? List.of() : settings.replication(), metrics);
    }

    /** Returns the events of the server, of which this is told if there is any rule. */
    ServedEvents toldBy(ServedEvents events, EventContext process) {
        return rules.isEmpty() ? events : events.and(this, process);
    }

    /**
     * Opens it. Nothing is carried over yet.
     *
     * @param local is read and written as a client with all rights does it: rules for tags and quotas hold
     * @throws IOException with a sentence for the user, if a file cannot be read
     */
    void open(ObjectStore store, Registry local) throws IOException {
        List<Replication> built = new ArrayList<>();
        for (ReplicationSettings rule : rules) {
            RemoteRegistry other = UpstreamClient.of(rule.other(), RetryPolicy.standard());
            opened.push(other);
            try {
                Replication replication = Replication.builder(local, store)
                        .rule(rule.rule(), other)
                        .interval(rule.interval())
                        .listener(metrics.replication().listener(new LoggedReplication()))
                        .build();
                opened.push(replication);
                built.add(replication);
            } catch (IllegalArgumentException e) {
                throw new CommandException("The setting " + rule.other().path() + " is wrong: " + e.getMessage() + ".");
            }
        }
        replications = List.copyOf(built);
    }

    /** Returns one for each rule. */
    List<Replication> all() {
        return replications;
    }

    /** Carries over from now on. */
    void start() {
        replications.forEach(Replication::start);
        if (metrics.shown() && !replications.isEmpty()) {
            shown.repeat(Duration.ZERO, SHOWN_INTERVAL, this::show);
        }
    }

    private void show() {
        metrics.replication()
                .show(replications.stream()
                        .flatMap(replication -> replication.status().stream())
                        .toList());
    }

    /** Runs something that takes long. */
    void execute(Runnable task) {
        thread.execute(task);
    }

    @Override
    public void publish(List<RegistryEvent> events) {
        replications.forEach(replication -> replication.publish(events));
    }

    /** Ends what is in progress, within seconds. */
    @Override
    public void close() {
        thread.end();
        shown.end();
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                LOG.debug("A part of the replication could not be closed", e);
            }
        }
        boolean unused = thread.interrupt(Duration.ofSeconds(2));
    }
}

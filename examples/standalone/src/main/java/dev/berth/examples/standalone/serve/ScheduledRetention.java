package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.configuration.RuleSettings;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.metrics.MaintenanceMetrics;
import dev.berth.registry.metrics.MaintenanceTask;
import dev.berth.registry.rules.Immutable;
import dev.berth.registry.rules.LastPulls;
import dev.berth.registry.rules.Retention;
import dev.berth.registry.rules.RetentionOptions;
import dev.berth.registry.rules.RetentionReport;
import dev.berth.registry.rules.RetentionStep;
import dev.berth.registry.rules.RuleContext;
import dev.berth.registry.rules.TagRule;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules for tags in a server: locks in front of the registry, and retention at an interval, in a thread of its own since
 * it may take long.
 */
final class ScheduledRetention implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduledRetention.class);

    /** A process that is often started again must get to it, too. */
    private static final Duration LONGEST_START = Duration.ofMinutes(5);

    private final RuleSettings rules;
    private final StorageRegistry storage;
    private final RuleContext context;
    private final Consumer<RetentionStep> audit;
    private final MaintenanceMetrics metrics;
    private final BackgroundThread thread =
            new BackgroundThread("berth-retention", LOG, "Retention failed; the next run goes on");

    private ScheduledRetention(
            RuleSettings rules,
            StorageRegistry storage,
            LastPulls pulls,
            Consumer<RetentionStep> audit,
            MaintenanceMetrics metrics) {
        this.audit = audit;
        this.metrics = metrics;
        this.rules = rules;
        this.storage = storage;
        this.context = RuleContext.of(storage).withPulls(pulls);
    }

    /**
     * Returns the rules over a storage. Nothing runs yet.
     *
     * @param audit is told each step
     */
    static ScheduledRetention of(
            RuleSettings rules,
            StorageRegistry storage,
            LastPulls pulls,
            Consumer<RetentionStep> audit,
            MaintenanceMetrics metrics) {
        return new ScheduledRetention(rules, storage, pulls, audit, metrics);
    }

    /** Returns a view of a registry over the storage in which what is locked stays as it is. */
    Registry locking(Registry registry) {
        return Immutable.of(registry, rules.tags(), context);
    }

    /** Returns whether a server runs retention: not if no rule deletes anything, or its storage is read-only. */
    static boolean isWanted(Settings all) {
        return !all.readOnly()
                && all.rules().tags().rules().stream().anyMatch(rule -> rule.effect() == TagRule.Effect.DELETE);
    }

    /**
     * Starts retention. One run follows the other.
     *
     * @param deletions the registry through which it deletes
     */
    void start(Registry deletions) {
        Duration interval = rules.interval();
        Duration first = interval.compareTo(LONGEST_START) > 0 ? LONGEST_START : interval;
        thread.repeat(first, interval, () -> run(deletions));
    }

    private void done(RetentionStep step) {
        LOG.debug("Retention: {}", step);
        audit.accept(step);
        if (thread.isEnding()) {
            throw new CancellationException("The registry stops");
        }
    }

    private void run(Registry deletions) {
        try {
            Retention retention = Retention.of(
                            storage,
                            rules.tags(),
                            context,
                            RetentionOptions.builder()
                                    .untaggedGrace(rules.untaggedGrace())
                                    .build())
                    .deletingThrough(deletions);
            RetentionReport report =
                    metrics.run(MaintenanceTask.RETENTION, () -> retention.run(Retention.Mode.DELETE, this::done));
            metrics.retained(report);
            LOG.info("Retention is done: {}", report);
        } catch (CancellationException e) {
            LOG.debug("Retention was stopped", e);
        } catch (RegistryException e) {
            thread.incomplete("Retention was not completed", "the next run goes on", e);
        }
    }

    /** Ends retention after the next deletion, and begins no other run. Does not wait. A later run goes on. */
    void end() {
        thread.end();
    }

    @Override
    public void close() {
        boolean unused = thread.interrupt(Duration.ofSeconds(2));
    }
}

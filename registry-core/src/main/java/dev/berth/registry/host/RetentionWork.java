package dev.berth.registry.host;

import dev.berth.registry.RegistryException;
import dev.berth.registry.metrics.MaintenanceTask;
import dev.berth.registry.rules.Retention;
import dev.berth.registry.rules.RetentionReport;
import dev.berth.registry.rules.RetentionStep;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes what rules for tags delete. */
final class RetentionWork implements BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(RetentionWork.class);

    /** A process that is often started again must get to it, too. */
    private static final Duration LONGEST_START = Duration.ofMinutes(5);

    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final Retention retention;
    private final Duration interval;
    private final Consumer<? super RetentionStep> audit;
    private final Background background;
    private final Repetition repetition;

    RetentionWork(
            Retention retention, Duration interval, Consumer<? super RetentionStep> audit, Background background) {
        this.retention = retention;
        this.interval = interval;
        this.audit = audit;
        this.background = background;
        this.repetition = background.repetition(LOG, "Retention failed; the next run goes on");
    }

    @Override
    public void start() {
        repetition.start(
                background.threads().of("retention"), Times.shorter(interval, LONGEST_START), interval, this::run);
    }

    private void run() {
        try {
            RetentionReport report = background
                    .metrics()
                    .run(MaintenanceTask.RETENTION, () -> retention.run(Retention.Mode.DELETE, this::done));
            background.metrics().retained(report);
            LOG.info("Retention is done: {}", report);
        } catch (CancellationException e) {
            LOG.debug("Retention was stopped", e);
        } catch (RegistryException e) {
            repetition.incomplete("Retention was not completed", "the next run goes on", e);
        }
    }

    private void done(RetentionStep step) {
        LOG.debug("Retention: {}", step);
        audit.accept(step);
        if (repetition.isEnding()) {
            throw new CancellationException("The registry stops");
        }
    }

    /** Ends after the next deletion. A later run goes on. */
    @Override
    public void end() {
        repetition.end();
    }

    @Override
    public void close() {
        boolean unused = repetition.interrupt(CLOSING);
    }
}

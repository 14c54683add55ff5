package dev.berth.registry.host;

import dev.berth.registry.RegistryException;
import dev.berth.registry.audit.store.AuditStore;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the audit to the store, so that no request waits for it. */
final class AuditWork implements BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(AuditWork.class);

    /** What a crash loses. */
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final Duration MAINTENANCE = Duration.ofMinutes(5);
    private static final Duration CLOSING = Duration.ofSeconds(2);
    private static final String FAILED = "The audit could not be kept in the storage; it is tried again later";

    private final AuditStore audit;
    private final Background background;
    private final Repetition writing;
    private final Repetition maintaining;

    /** Whether the last attempt failed, which is said once. */
    private volatile boolean failing;

    AuditWork(AuditStore audit, Background background) {
        this.audit = audit;
        this.background = background;
        this.writing = background.repetition(LOG, FAILED);
        this.maintaining = background.repetition(LOG, FAILED);
    }

    @Override
    public void start() {
        // Two threads: what is told is written while old events are merged.
        writing.start(background.threads().of("audit"), INTERVAL, INTERVAL, () -> run(audit::flush));
        ScheduledExecutorService second = background.threads().of("audit-maintenance");
        maintaining.start(second, MAINTENANCE, MAINTENANCE, () -> run(audit::maintain));
    }

    private void run(Runnable work) {
        try {
            work.run();
            failing = false;
        } catch (RegistryException e) {
            if (!failing) {
                LOG.warn("The audit is kept in memory for now: {}", e.getMessage());
            }
            failing = true;
            LOG.debug("The audit could not be kept in the storage", e);
        }
    }

    @Override
    public void end() {
        maintaining.end();
    }

    /** Writes what was told. */
    @Override
    public void close() {
        boolean unused = maintaining.interrupt(CLOSING) && writing.interrupt(CLOSING);
        writing.guard(() -> run(audit::close));
    }
}

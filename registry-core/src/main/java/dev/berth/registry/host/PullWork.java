package dev.berth.registry.host;

import dev.berth.registry.RegistryException;
import dev.berth.registry.pulls.PullStatistics;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the numbers of pulls to the store, so that a slow one delays no request. */
final class PullWork implements BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(PullWork.class);
    private static final Duration COMPACTION = Duration.ofMinutes(5);
    private static final Duration CLOSING = Duration.ofSeconds(2);
    private static final String FAILED = "The numbers of pulls could not be written; it is tried again later";

    private final PullStatistics statistics;
    private final Duration interval;
    private final Background background;
    private final Repetition writing;
    private final Repetition compacting;

    /** Whether the last attempt failed, which is said once. */
    private volatile boolean failing;

    PullWork(PullStatistics statistics, Duration interval, Background background) {
        this.statistics = statistics;
        this.interval = interval;
        this.background = background;
        this.writing = background.repetition(LOG, FAILED);
        this.compacting = background.repetition(LOG, FAILED);
    }

    @Override
    public void start() {
        ScheduledExecutorService thread = background.threads().of("pulls");
        writing.start(thread, interval, interval, () -> run(statistics::flush));
        compacting.start(thread, COMPACTION, COMPACTION, () -> run(statistics::compact));
    }

    private void run(Runnable work) {
        try {
            work.run();
            failing = false;
        } catch (RegistryException e) {
            if (!failing) {
                LOG.warn("The numbers of pulls are kept in memory for now: {}", e.getMessage());
            }
            failing = true;
            LOG.debug("The numbers of pulls could not be written", e);
        }
    }

    /** Writes what was counted. */
    @Override
    public void close() {
        boolean unused = compacting.interrupt(CLOSING) && writing.interrupt(CLOSING);
        writing.guard(() -> run(statistics::close));
    }
}

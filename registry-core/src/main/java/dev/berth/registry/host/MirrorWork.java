package dev.berth.registry.host;

import dev.berth.registry.RegistryException;
import dev.berth.registry.mirror.PullThrough;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps mirrors to their budgets, and shows what they hold. */
final class MirrorWork implements BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorWork.class);
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final Duration SHOWN_INTERVAL = Duration.ofSeconds(15);
    private static final Duration CLOSING = Duration.ofSeconds(2);
    private static final String NOT_MAINTAINED = "The records of a mirror were not brought up to date";
    private static final String NEXT = "it is tried again in a moment";

    private final List<PullThrough> mirrors;
    private final Background background;
    private final Repetition maintaining;
    private final Repetition showing;

    MirrorWork(List<PullThrough> mirrors, Background background) {
        this.mirrors = List.copyOf(mirrors);
        this.background = background;
        this.maintaining = background.repetition(LOG, NOT_MAINTAINED + "; " + NEXT);
        this.showing = background.repetition(LOG, "What mirrors hold could not be shown");
    }

    @Override
    public void start() {
        ScheduledExecutorService thread = background.threads().of("mirrors");
        maintaining.start(thread, INTERVAL, INTERVAL, this::maintain);
        if (background.metrics().shown()) {
            showing.start(thread, Duration.ZERO, SHOWN_INTERVAL, this::show);
        }
    }

    private void maintain() {
        for (PullThrough mirror : mirrors) {
            try {
                mirror.maintain();
            } catch (RegistryException e) {
                maintaining.incomplete(NOT_MAINTAINED, NEXT, e);
            }
        }
    }

    private void show() {
        for (PullThrough mirror : mirrors) {
            try {
                background.metrics().holding(mirror.name(), mirror.status());
            } catch (RegistryException e) {
                LOG.debug("What the mirror {} holds could not be shown", mirror.name(), e);
            }
        }
    }

    /** Writes what was used last. */
    @Override
    public void close() {
        boolean unused = showing.interrupt(CLOSING) && maintaining.interrupt(CLOSING);
        maintaining.guard(this::maintain);
    }
}

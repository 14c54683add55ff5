package dev.berth.registry.host;

import dev.berth.registry.mirror.replication.Replication;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries images over between this registry and others, and shows how that goes. */
final class ReplicationWork implements BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicationWork.class);
    private static final Duration SHOWN_INTERVAL = Duration.ofSeconds(15);
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final Replication replication;
    private final Background background;
    private final Repetition showing;

    ReplicationWork(Replication replication, Background background) {
        this.replication = replication;
        this.background = background;
        this.showing = background.repetition(LOG, "How replication goes could not be shown in metrics");
    }

    @Override
    public void start() {
        replication.start();
        if (background.metrics().shown()) {
            showing.start(background.threads().of("replication"), Duration.ZERO, SHOWN_INTERVAL, this::show);
        }
    }

    private void show() {
        background.metrics().replicating(replication.status());
    }

    /** Ends what is in progress. What is not carried over is found by the next start. */
    @Override
    public void close() {
        boolean unused = showing.interrupt(CLOSING);
        replication.close();
    }
}

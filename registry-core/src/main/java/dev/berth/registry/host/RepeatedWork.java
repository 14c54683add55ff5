package dev.berth.registry.host;

import dev.berth.registry.RegistryException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work of others that is repeated. */
final class RepeatedWork implements BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(RepeatedWork.class);
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final String name;
    private final Duration interval;
    private final Runnable work;
    private final Background background;
    private final Repetition repetition;

    RepeatedWork(String name, Duration interval, Runnable work, Background background) {
        this.name = name;
        this.interval = Times.requirePositive(interval, "interval of the work '" + name + "'");
        this.work = work;
        this.background = background;
        this.repetition = background.repetition(LOG, "The work '" + name + "' failed; it is retried later");
    }

    @Override
    public void start() {
        repetition.start(background.threads().of(name), interval, interval, this::run);
    }

    private void run() {
        try {
            work.run();
        } catch (RegistryException e) {
            repetition.incomplete("The work '" + name + "' was not completed", "it is retried later", e);
        }
    }

    @Override
    public void end() {
        repetition.end();
    }

    @Override
    public void close() {
        repetition.close(CLOSING);
    }
}

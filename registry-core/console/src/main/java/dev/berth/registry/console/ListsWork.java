package dev.berth.registry.console;

import dev.berth.registry.RegistryException;
import dev.berth.registry.host.BackgroundWork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps lists up to date beside requests. When the store fails, that is said once, and it is tried less and less often. Not
 * thread-safe, but that it may be ended from another thread.
 */
final class ListsWork implements BackgroundWork, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ListsWork.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final ConsoleLists lists;
    private final InstantSource clock;
    private Duration pause = Duration.ZERO;
    private Instant next = Instant.MIN;

    /** Whether the last look was complete: only then is one more a matter of moments. */
    private volatile boolean upToDate;

    ListsWork(ConsoleLists lists, InstantSource clock) {
        this.lists = lists;
        this.clock = clock;
    }

    /** Looks at what has changed. To be called every second or so. */
    @Override
    public void run() {
        if (clock.instant().isBefore(next)) {
            return;
        }
        try {
            lists.refresh();
            upToDate = true;
            pause = Duration.ZERO;
        } catch (RegistryException e) {
            upToDate = false;
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            if (pause.isZero()) {
                LOG.warn("What the pages list is not up to date for now: {}", e.getMessage());
            }
            LOG.debug("The lists could not be brought up to date", e);
            Duration longer = pause.multipliedBy(2);
            pause = longer.isZero() ? FIRST_PAUSE : longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
            next = clock.instant().plus(pause);
        }
    }

    /** There is nothing to begin: somebody repeats it. */
    @Override
    public void start() {}

    /** Looks at what has changed since the last look. Who starts next does not know of it. */
    @Override
    public void close() {
        if (!upToDate) {
            return;
        }
        try {
            lists.refresh();
        } catch (RegistryException e) {
            LOG.warn("What the pages list may lack the last changes, until 'rebuild': {}", e.getMessage());
        }
    }
}

package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.pulls.PullStatistics;
import dev.berth.registry.rules.LastPulls;
import dev.berth.registry.storage.ObjectStore;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts pulls, and writes them to the storage in a thread of its own, so that a slow storage delays no request. */
final class CountedPulls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CountedPulls.class);

    private static final Duration COMPACTION = Duration.ofMinutes(5);

    private final PullStatistics statistics;
    private final Optional<Duration> interval;
    private final BackgroundThread thread = new BackgroundThread(
            "berth-pulls", LOG, "The numbers of pulls could not be written; it is tried again later");

    /** Whether the last attempt failed, which is said once. */
    private volatile boolean failing;

    private CountedPulls(PullStatistics statistics, Optional<Duration> interval) {
        this.statistics = statistics;
        this.interval = interval;
    }

    /** Returns the pulls of a store, which are not counted if that is disabled or the storage is read-only. Nothing runs yet. */
    static CountedPulls of(ObjectStore store, Settings settings) {
        return new CountedPulls(PullStatistics.over(store), settings.readOnly() ? Optional.empty() : settings.pulls());
    }

    /** Writes what is counted from now on. */
    void start() {
        interval.ifPresent(every -> {
            thread.repeat(every, every, () -> run(statistics::flush));
            thread.repeat(COMPACTION, COMPACTION, () -> run(statistics::compact));
        });
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

    /** Returns the registry for clients. */
    Registry counting(Registry registry) {
        return interval.isPresent() ? statistics.counting(registry) : registry;
    }

    /** Returns what is known of the last pulls, those of other nodes included. */
    LastPulls lastPulls() {
        return statistics::lastPulls;
    }

    /** Writes what was counted. To be called when no request is in progress any more. */
    @Override
    public void close() {
        boolean unused = thread.interrupt(Duration.ofSeconds(2));
        if (interval.isPresent()) {
            thread.guard(() -> run(statistics::close));
        }
    }
}

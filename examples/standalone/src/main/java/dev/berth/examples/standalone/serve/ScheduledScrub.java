package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.configuration.ScrubSettings;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.registry.RegistryException;
import dev.berth.registry.maintenance.scrub.Scrub;
import dev.berth.registry.maintenance.scrub.ScrubListener;
import dev.berth.registry.maintenance.scrub.ScrubOptions;
import dev.berth.registry.maintenance.scrub.ScrubReport;
import dev.berth.registry.storage.ObjectStore;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for damage, slowly, in a thread of its own: a round may take days. */
final class ScheduledScrub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduledScrub.class);

    /** How often it is looked whether a round is due. Also how long after a start the first one begins. */
    private static final Duration LONGEST_LOOK = Duration.ofMinutes(10);

    private final Scrub scrub;
    private final Duration interval;
    private final ScheduledExecutorService thread;

    private ScheduledScrub(Scrub scrub, Duration interval, ScheduledExecutorService thread) {
        this.scrub = scrub;
        this.interval = interval;
        this.thread = thread;
    }

    /**
     * Returns the scrub of a store. Nothing runs yet.
     *
     * @param listener is told what is found; it is logged as well
     */
    static ScheduledScrub of(ObjectStore store, Settings all, ScrubListener listener) {
        ScrubSettings settings = all.scrub();
        ScrubOptions options = ScrubOptions.builder()
                .bytesPerSecond(settings.bytesPerSecond())
                .listener(listener)
                .build();
        return new ScheduledScrub(
                Scrub.over(store, options), settings.interval(), Executors.newSingleThreadScheduledExecutor(task -> {
                    Thread daemon = new Thread(task, "berth-scrub");
                    daemon.setDaemon(true);
                    return daemon;
                }));
    }

    /** Returns whether a server scrubs: not if that is disabled, or its storage is read-only. */
    static boolean isWanted(Settings all) {
        return all.scrub().enabled() && !all.readOnly();
    }

    /** Starts it. One round follows the other. */
    void start() {
        long millis = Math.min(interval.toMillis(), LONGEST_LOOK.toMillis());
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(this::run, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void run() {
        try {
            if (scrub.isDue(interval)) {
                ScrubReport report = scrub.run();
                if (report.finished().isPresent()) {
                    LOG.info(
                            "Scrub: checked {} links and {} blobs with {} bytes, and found {} problems",
                            report.links(),
                            report.blobs(),
                            report.bytes(),
                            report.problems());
                }
            }
        } catch (RegistryException e) {
            if (!thread.isShutdown()) {
                LOG.warn("The scrub was not completed; it goes on later: {}", e.getMessage());
                LOG.debug("The scrub was not completed", e);
            }
        } catch (RuntimeException | Error e) {
            OutOfMemory.endIfCauseOf(e);
            // Whatever it is: what escapes would cancel all further runs silently.
            LOG.warn("The scrub failed; it goes on later", e);
        }
    }

    /** Ends a round that is in progress, and begins no other. Does not wait. The next start continues it. */
    void end() {
        scrub.close();
        thread.shutdown();
    }

    @Override
    public void close() {
        end();
        try {
            if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.configuration.ScrubSettings;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.registry.RegistryException;
import dev.berth.registry.maintenance.scrub.Scrub;
import dev.berth.registry.maintenance.scrub.ScrubListener;
import dev.berth.registry.maintenance.scrub.ScrubOptions;
import dev.berth.registry.maintenance.scrub.ScrubReport;
import dev.berth.registry.metrics.MaintenanceMetrics;
import dev.berth.registry.metrics.MaintenanceTask;
import dev.berth.registry.storage.ObjectStore;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for damage, slowly, in a thread of its own: a round may take days. */
final class ScheduledScrub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduledScrub.class);

    /** How often it is looked whether a round is due. Also how long after a start the first one begins. */
    private static final Duration LONGEST_LOOK = Duration.ofMinutes(10);

    private final Scrub scrub;
    private final Duration interval;
    private final MaintenanceMetrics metrics;
    private final BackgroundThread thread =
            new BackgroundThread("berth-scrub", LOG, "The scrub failed; it goes on later");

    private ScheduledScrub(Scrub scrub, Duration interval, MaintenanceMetrics metrics) {
        this.scrub = scrub;
        this.metrics = metrics;
        this.interval = interval;
    }

    /**
     * Returns the scrub of a store. Nothing runs yet.
     *
     * @param listeners are told what is found; it is logged as well
     */
    static ScheduledScrub of(
            ObjectStore store, Settings all, List<ScrubListener> listeners, MaintenanceMetrics metrics) {
        ScrubSettings settings = all.scrub();
        ScrubOptions options = ScrubOptions.builder()
                .bytesPerSecond(settings.bytesPerSecond())
                .listener(metrics.scrub(ScrubListener.allOf(listeners)))
                .build();
        return new ScheduledScrub(Scrub.over(store, options), settings.interval(), metrics);
    }

    /** Returns whether a server scrubs: not if that is disabled, or its storage is read-only. */
    static boolean isWanted(Settings all) {
        return all.scrub().enabled() && !all.readOnly();
    }

    /** Starts it. One round follows the other. */
    void start() {
        Duration look = interval.compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : interval;
        thread.repeat(look, look, this::run);
    }

    private void run() {
        try {
            if (scrub.isDue(interval)) {
                ScrubReport report = metrics.run(MaintenanceTask.SCRUB, scrub::run);
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
            thread.incomplete("The scrub was not completed", "it goes on later", e);
        }
    }

    /** Ends a round that is in progress, and begins no other. Does not wait. The next start continues it. */
    void end() {
        scrub.close();
        thread.end();
    }

    @Override
    public void close() {
        end();
        thread.close(Duration.ofSeconds(2));
    }
}

package dev.berth.registry.host;

import dev.berth.registry.RegistryException;
import dev.berth.registry.maintenance.scrub.Scrub;
import dev.berth.registry.maintenance.scrub.ScrubListener;
import dev.berth.registry.maintenance.scrub.ScrubOptions;
import dev.berth.registry.maintenance.scrub.ScrubReport;
import dev.berth.registry.metrics.MaintenanceTask;
import dev.berth.registry.storage.ObjectStore;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for damage, slowly: a round may take days. */
final class ScrubWork implements BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(ScrubWork.class);

    /** How often it is looked whether a round is due. Also how long after a start the first one begins. */
    private static final Duration LONGEST_LOOK = Duration.ofMinutes(10);

    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final Scrub scrub;
    private final Duration interval;
    private final Background background;
    private final Repetition repetition;

    private ScrubWork(Scrub scrub, Duration interval, Background background) {
        this.scrub = scrub;
        this.interval = interval;
        this.background = background;
        this.repetition = background.repetition(LOG, "The scrub failed; it goes on later");
    }

    /**
     * Returns the scrub of a store. Nothing runs yet.
     *
     * @param listeners are told what is found, before the listener of the options
     */
    static ScrubWork of(
            ObjectStore store, ScrubSchedule schedule, List<ScrubListener> listeners, Background background) {
        ScrubOptions options = schedule.options();
        ScrubListener told = ScrubListener.allOf(
                List.of(background.metrics().scrub(ScrubListener.allOf(listeners)), options.listener()));
        return new ScrubWork(
                Scrub.over(store, options.toBuilder().listener(told).build()), schedule.interval(), background);
    }

    Scrub scrub() {
        return scrub;
    }

    @Override
    public void start() {
        Duration look = Times.shorter(interval, LONGEST_LOOK);
        repetition.start(background.threads().of("scrub"), look, look, this::run);
    }

    private void run() {
        try {
            if (scrub.isDue(interval)) {
                ScrubReport report = background.metrics().run(MaintenanceTask.SCRUB, scrub::run);
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
            repetition.incomplete("The scrub was not completed", "it goes on later", e);
        }
    }

    /** Ends a round that is in progress. The next start continues it. */
    @Override
    public void end() {
        repetition.end();
        scrub.close();
    }

    @Override
    public void close() {
        end();
        repetition.close(CLOSING);
    }
}

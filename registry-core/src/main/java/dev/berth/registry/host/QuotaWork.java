package dev.berth.registry.host;

import dev.berth.registry.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.maintenance.CollectionListener;
import dev.berth.registry.maintenance.scrub.ScrubFinding;
import dev.berth.registry.maintenance.scrub.ScrubListener;
import dev.berth.registry.metrics.MaintenanceTask;
import dev.berth.registry.quota.Quotas;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the use of quotas. */
final class QuotaWork implements BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(QuotaWork.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration SHOWN_INTERVAL = Duration.ofMinutes(1);
    private static final Duration RECOUNT_INTERVAL = Duration.ofDays(7);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final String NOT_COUNTED = "The use of quotas was not counted";
    private static final String NEXT = "it is retried in a moment";

    private final Quotas quotas;
    private final ChangedContent changed;
    private final Background background;
    private final Repetition counting;
    private final Repetition showing;
    private final Repetition recounting;

    QuotaWork(Quotas quotas, ChangedContent changed, Background background) {
        this.quotas = quotas;
        this.changed = changed;
        this.background = background;
        this.counting = background.repetition(LOG, NOT_COUNTED + "; " + NEXT);
        this.showing = background.repetition(LOG, "The use of quotas could not be shown");
        this.recounting = background.repetition(LOG, NOT_COUNTED + "; it is counted again later");
    }

    @Override
    public void start() {
        ScheduledExecutorService thread = background.threads().of("quotas");
        counting.start(thread, Duration.ZERO, INTERVAL, this::maintain);
        if (!quotas.limiting()) {
            recounting.start(background.threads().of("recount"), RECOUNT_INTERVAL, RECOUNT_INTERVAL, this::recount);
        }
        if (background.metrics().shown()) {
            // It is read from the store, for those who look at metrics.
            showing.start(thread, INTERVAL, SHOWN_INTERVAL, this::show);
        }
    }

    Quotas quotas() {
        return quotas;
    }

    private void maintain() {
        try {
            background.metrics().run(MaintenanceTask.QUOTAS, () -> {
                tellChanges();
                quotas.maintain();
                return true;
            });
        } catch (RegistryException e) {
            counting.incomplete(NOT_COUNTED, NEXT, e);
        }
    }

    /** What events tell is only an occasion to look: counted is what the repository shows then. */
    private void tellChanges() {
        Map<RepositoryName, Optional<Set<Digest>>> untold = new HashMap<>(changed.take());
        try {
            for (RepositoryName repository : Set.copyOf(untold.keySet())) {
                tell(repository, untold.getOrDefault(repository, Optional.empty()));
                untold.remove(repository);
            }
        } finally {
            changed.putBack(untold);
        }
    }

    private void tell(RepositoryName repository, Optional<Set<Digest>> digests) {
        if (digests.isPresent()) {
            digests.get().forEach(digest -> quotas.released(repository, digest));
        } else {
            quotas.changed(repository);
        }
    }

    /** For what no event told, or a crash has lost. */
    private void recount() {
        try {
            LOG.info("Counted what all repositories use: {}", quotas.recount(repository -> {}));
        } catch (RegistryException e) {
            recounting.incomplete(NOT_COUNTED, "it is counted again later", e);
        }
    }

    private void show() {
        try {
            background.metrics().used(quotas.usage());
        } catch (RegistryException e) {
            LOG.debug("The use of quotas could not be shown", e);
        }
    }

    /** Returns what a scrub tells: damaged data that it has moved aside is not used any more. */
    ScrubListener scrubListener() {
        return new ScrubListener() {
            @Override
            public void onFinding(ScrubFinding finding) {
                if (finding.quarantined().isPresent()) {
                    finding.digest()
                            .ifPresent(digest -> finding.affected()
                                    .forEach(affected -> quotas.released(affected.repository(), digest)));
                }
            }
        };
    }

    /** Returns what a collection tells. */
    CollectionListener collectionListener() {
        return new CollectionListener() {
            @Override
            public void removedLink(RepositoryName repository, Digest digest) {
                quotas.released(repository, digest);
            }
        };
    }

    /** Counts what was pushed, and gives back what was set aside. */
    @Override
    public void close() {
        showing.end();
        boolean unused = recounting.interrupt(CLOSING);
        // What is not counted now is counted by the next start.
        if (counting.interrupt(CLOSING)) {
            counting.guard(this::tellChanges);
            quotas.close();
        }
    }
}

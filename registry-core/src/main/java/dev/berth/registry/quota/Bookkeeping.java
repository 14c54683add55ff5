package dev.berth.registry.quota;

import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes what this node changes, before it does, and counts it. Thread-safe. */
final class Bookkeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Quotas.class);

    /** With more changes of one repository than these, they are counted at once. */
    private static final int MOST_CHANGES = 10_000;

    private final QuotaStore store;
    private final NodeLease lease;
    private final Activities activities;
    private final Settlement settlement;
    private final BooleanSupplier holding;

    /**
     * Creates one.
     *
     * @param holding whether something is set aside for this node
     */
    Bookkeeping(
            QuotaStore store, NodeLease lease, Activities activities, Settlement settlement, BooleanSupplier holding) {
        this.store = store;
        this.lease = lease;
        this.activities = activities;
        this.settlement = settlement;
        this.holding = holding;
    }

    /** Begins a change of a repository. Others count it again if this node dies before it has counted the change. */
    Operation begin(RepositoryName repository, Reservation reservation, boolean deleting) throws IOException {
        makeRoom();
        Activity activity = activities.enter(repository);
        boolean begun = false;
        try {
            lease.enter(repository, deleting);
            if (!activity.hasBaseline()) {
                activity.baseline(store.version(QuotaKeys.ledger(repository)));
            }
            begun = true;
            return new Operation(this, activity, reservation);
        } finally {
            if (!begun) {
                activities.leave(activity);
            }
        }
    }

    void leave(Activity activity) {
        activities.leave(activity);
        if (activity.size() > MOST_CHANGES) {
            settleEarly(() -> {
                Settlement.Correction unused = settlement.run(activity);
            });
        }
    }

    /** Counts what has changed if that is in many repositories. */
    void makeRoom() {
        if (activities.tooMany()) {
            settleWhatIsPossible();
            activities.prune(true);
        }
    }

    private interface Counting {
        void run() throws IOException;
    }

    /** Counts now what need not be counted now: a failure does not matter yet. */
    private static void settleEarly(Counting counting) {
        try {
            counting.run();
        } catch (IOException | RegistryException e) {
            LOG.warn("The use of quotas could not be counted; it is tried again later", e);
        }
    }

    /** Counts what has changed. A repository that cannot be counted does not hold up the others; it is told at the end. */
    void settleAll() throws IOException {
        @Nullable IOException failure = null;
        for (Activity activity : activities.all()) {
            try {
                Settlement.Correction unused = settlement.run(activity);
            } catch (IOException | RegistryException e) {
                if (failure == null) {
                    failure = new IOException("Could not count the use of " + activity.repository, e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** As {@link #settleAll}, where a failure does not matter yet. */
    void settleWhatIsPossible() {
        settleEarly(this::settleAll);
    }

    /** Counts a repository as a whole. */
    Settlement.Correction recount(RepositoryName repository) throws IOException {
        Activity activity = activities.enter(repository);
        try {
            lease.enter(repository, true);
            activity.lookAtAll();
            return settlement.run(activity);
        } finally {
            activities.leave(activity);
        }
    }

    /** Forgets repositories that were not changed for some time, or are not changed now. */
    void prune(boolean atOnce) {
        activities.prune(atOnce);
    }

    void renew() throws IOException {
        lease.renew(activities::contains, holding);
    }
}

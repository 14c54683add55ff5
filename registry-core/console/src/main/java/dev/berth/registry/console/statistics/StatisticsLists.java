package dev.berth.registry.console.statistics;

import dev.berth.registry.pulls.PullOptions;
import dev.berth.registry.pulls.PullStatistics;
import dev.berth.registry.pulls.PullTotals;
import dev.berth.registry.storage.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Numbers of pulls as all nodes have written them, and what the storage had on each day. {@link #refresh} is to be called every
 * second or so. Thread-safe; starts no threads.
 */
public final class StatisticsLists {
    private static final Duration BETWEEN_READS = Duration.ofSeconds(15);
    private static final Duration BETWEEN_SAMPLES = Duration.ofMinutes(30);

    /** When to ask again for what is not known yet. */
    private static final Duration UNTIL_KNOWN = Duration.ofMinutes(1);

    private final PullStatistics pulls;
    private final PullTotals totals;
    private final StorageHistory storage;
    private final InstantSource clock;
    private final boolean readOnly;
    private final ReentrantLock working = new ReentrantLock();
    private Instant lastRead = Instant.EPOCH;
    private volatile Instant nextSample = Instant.EPOCH;
    private volatile Supplier<OptionalLong> used = OptionalLong::empty;

    /**
     * Makes those of a store. Does no I/O.
     *
     * @param readOnly whether nothing may be written to the store
     */
    public StatisticsLists(ObjectStore store, InstantSource clock, boolean readOnly) {
        this.pulls =
                PullStatistics.over(store, PullOptions.builder().clock(clock).build());
        this.totals = pulls.totals();
        this.storage = new StorageHistory(store);
        this.clock = clock;
        this.readOnly = readOnly;
    }

    /** Sets what tells how many bytes are used; empty while nobody knows. */
    public void measureStorage(Supplier<OptionalLong> newUsed) {
        used = newUsed;
        nextSample = Instant.EPOCH;
    }

    /** Returns the pulls of each repository, by tag and day, with a few calls of the store. */
    public PullStatistics pulls() {
        return pulls;
    }

    /** Returns the pulls of all repositories in memory. */
    public PullTotals totals() {
        return totals;
    }

    /** Returns what the storage had on each day. */
    public StorageHistory storage() {
        return storage;
    }

    /**
     * Reads what is new, and writes down every half an hour what the storage has on this day.
     *
     * @throws dev.berth.registry.RegistryException if the store fails
     */
    public void refresh() {
        working.lock();
        try {
            Instant now = clock.instant();
            // Until all is read, it goes on at once.
            if (!totals.isComplete() || !now.isBefore(lastRead.plus(BETWEEN_READS))) {
                totals.refresh();
                lastRead = now;
            }
            if (!readOnly && !now.isBefore(nextSample)) {
                OptionalLong bytes = used.get();
                if (bytes.isPresent()) {
                    storage.sample(now, bytes.getAsLong());
                }
                nextSample = now.plus(bytes.isPresent() ? BETWEEN_SAMPLES : UNTIL_KNOWN);
            }
        } finally {
            working.unlock();
        }
    }
}

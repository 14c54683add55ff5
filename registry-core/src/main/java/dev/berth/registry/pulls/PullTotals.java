package dev.berth.registry.pulls;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.StoreCalls;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The pulls of all repositories in memory, for lists and rankings. {@link #refresh}, to be called twice a minute at least, adds
 * what all nodes have written since the last call, and reads on through what was merged before, a thousand repositories each
 * time, until all are known. Some 200 bytes for each repository that was pulled; of 200,000 at most. Thread-safe; starts no
 * threads.
 *
 * @since 0.1
 */
public final class PullTotals {
    static final int MOST = 200_000;
    private static final int READ_TOGETHER = 1_000;

    /** How many are read again at times, in case something was missed. */
    private static final int CHECKED_TOGETHER = 100;

    private static final Duration BETWEEN_CHECKS = Duration.ofMinutes(10);

    /**
     * For how long a call reads. What was listed may be merged after {@link Compaction#YOUNG}, and is then no longer to be added to
     * what is read.
     */
    private static final Duration LONGEST_READING = Duration.ofSeconds(5);

    private final Batches batches;
    private final Ledger ledger;
    private final InstantSource clock;
    private final ReentrantLock refreshing = new ReentrantLock();
    private final Map<RepositoryName, RepositoryTotal> totals = new ConcurrentHashMap<>();
    private final Map<RepositoryName, RepositoryTotal> view = Collections.unmodifiableMap(totals);

    /** The batches that are in the totals, of those that exist. */
    private final Set<String> added = new HashSet<>();

    /** Those of which something is known, of this time through the ledger. */
    private final Set<RepositoryName> met = new HashSet<>();

    /** Those in batches of which nothing is known yet. */
    private final Set<RepositoryName> unknown = new HashSet<>();

    private Optional<RepositoryName> read = Optional.empty();
    private volatile boolean complete;
    private Instant lastCheck = Instant.EPOCH;

    PullTotals(Batches batches, Ledger ledger, InstantSource clock) {
        this.batches = batches;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Returns the pulls of a repository; empty if there were none, or if they were not read yet. */
    public Optional<RepositoryTotal> of(RepositoryName repository) {
        return Optional.ofNullable(totals.get(repository));
    }

    /** Returns those of all repositories, as they are at each time. Some of them may have been deleted. Unmodifiable. */
    public Map<RepositoryName, RepositoryTotal> all() {
        return view;
    }

    /** Returns whether all were read. */
    public boolean isComplete() {
        return complete;
    }

    /**
     * Reads what is new. What fails is read by the next call.
     *
     * @throws dev.berth.registry.RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if the storage
     *     fails
     */
    public void refresh() {
        refreshing.lock();
        try {
            StoreCalls.act("read the numbers of pulls", this::work);
        } finally {
            refreshing.unlock();
        }
    }

    private void work() throws IOException {
        Instant start = clock.instant();
        List<String> names = batches.list().names();
        List<String> fresh =
                names.stream().filter(name -> !added.contains(name)).toList();
        Pending pending = pending(fresh);
        if (complete && !pending.missed().isEmpty()) {
            beginAnew();
        }
        add(pending);
        added.clear();
        added.addAll(names);
        boolean due = !complete || !start.isBefore(lastCheck.plus(BETWEEN_CHECKS));
        if (!due && unknown.isEmpty()) {
            return;
        }
        Pending all = pending(names);
        met.addAll(all.byRepository().keySet());
        for (RepositoryName repository : List.copyOf(unknown)) {
            if (clock.instant().isAfter(start.plus(LONGEST_READING))) {
                return;
            }
            load(repository, all);
            unknown.remove(repository);
        }
        if (due) {
            lastCheck = start;
            readOn(start, all);
        }
    }

    /** What is in batches, by repository and batch, and whether one of them was deleted before it was read. */
    private record Pending(Map<RepositoryName, Map<String, Summary>> byRepository, Set<String> missed) {}

    private Pending pending(List<String> names) throws IOException {
        Map<RepositoryName, Map<String, Summary>> byRepository = new HashMap<>();
        Set<String> missed = new HashSet<>();
        for (String name : names) {
            Optional<Map<PulledOn, Pulls>> batch = batches.read(name);
            if (batch.isEmpty()) {
                missed.add(name);
                continue;
            }
            Map<RepositoryName, Map<PulledOn, Pulls>> each = new HashMap<>();
            batch.get().forEach((pulled, pulls) -> each.computeIfAbsent(pulled.repository(), any -> new HashMap<>())
                    .put(pulled, pulls));
            each.forEach((repository, counts) -> byRepository
                    .computeIfAbsent(repository, any -> new HashMap<>())
                    .put(name, Summary.of(counts)));
        }
        return new Pending(byRepository, missed);
    }

    private void add(Pending fresh) {
        fresh.byRepository().forEach((repository, summaries) -> {
            RepositoryTotal known = totals.get(repository);
            if (known == null) {
                unknown.add(repository);
                return;
            }
            Summary sum = new Summary(Optional.of(known.pulls()), known.days(), Map.of());
            for (Summary batch : summaries.values()) {
                sum = sum.plus(batch);
            }
            met.add(repository);
            keep(repository, sum);
        });
    }

    private void load(RepositoryName repository, Pending pending) throws IOException {
        Ledger.Page page = ledger.read(repository);
        Summary sum = page.summary();
        for (Map.Entry<String, Summary> batch :
                pending.byRepository().getOrDefault(repository, Map.of()).entrySet()) {
            if (!page.merged().contains(batch.getKey())) {
                sum = sum.plus(batch.getValue());
            }
        }
        met.add(repository);
        keep(repository, sum);
    }

    private void keep(RepositoryName repository, Summary sum) {
        if (sum.total().isPresent() && (totals.size() < MOST || totals.containsKey(repository))) {
            LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
            totals.put(repository, RepositoryTotal.of(sum.total().get(), sum.days(), today));
        }
    }

    /** Goes on through the ledger, from where the last call has ended. */
    private void readOn(Instant start, Pending pending) throws IOException {
        List<RepositoryName> next = ledger.after(read, complete ? CHECKED_TOGETHER : READ_TOGETHER);
        for (RepositoryName repository : next) {
            if (clock.instant().isAfter(start.plus(LONGEST_READING))) {
                return;
            }
            load(repository, pending);
            read = Optional.of(repository);
        }
        if (next.isEmpty()) {
            totals.keySet().retainAll(met);
            complete = true;
            beginPass();
        }
    }

    private void beginAnew() {
        complete = false;
        beginPass();
    }

    private void beginPass() {
        read = Optional.empty();
        met.clear();
    }
}

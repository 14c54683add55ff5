package dev.berth.registry.pulls;

import dev.berth.registry.Digest;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often and when manifests were pulled, by all registries over a store.
 *
 * <pre>{@code
 * PullStatistics pulls = PullStatistics.over(store);
 * Registry served = pulls.counting(registry);
 * schedule.scheduleWithFixedDelay(pulls::flush, 30, 30, TimeUnit.SECONDS);
 * schedule.scheduleWithFixedDelay(pulls::compact, 5, 5, TimeUnit.MINUTES);
 * }</pre>
 *
 * <p>A pull is counted in memory, and does not wait for the store. {@link #flush} writes what was counted since the last one
 * as one object. So a crash loses what was counted since then: whoever holds this calls it every 30 seconds or so. What
 * cannot be written is kept, and written by the next flush. What is in memory is limited, see
 * {@link PullOptions.Builder#mostCounted}.
 *
 * <p>Each object is one node of any number over the same store. Thread-safe; starts no threads.
 *
 * @since 0.1
 */
public final class PullStatistics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PullStatistics.class);
    private static final String KEEP = "keep the numbers of pulls";

    private final PullOptions options;
    private final PullCounter counter;
    private final Batches batches;
    private final Ledger ledger;
    private final Compaction compaction;
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock compacting = new ReentrantLock();

    /** What could not be written yet, or is being written. */
    private volatile Optional<Batch> unwritten = Optional.empty();

    /** What was counted until a flush. */
    private record Batch(String name, Map<PulledOn, Pulls> counts) {}

    private PullStatistics(ObjectStore store, PullOptions options) {
        this.options = options;
        this.counter = new PullCounter(options.mostCounted());
        this.batches = new Batches(store);
        this.ledger = new Ledger(store, options.mostPerRepository(), options.clock());
        this.compaction = new Compaction(store, batches, ledger, options.clock());
    }

    /** Returns the statistics of a store, with the defaults of {@link PullOptions}. */
    public static PullStatistics over(ObjectStore store) {
        return over(store, PullOptions.defaults());
    }

    /** Returns the statistics of a store. Does no I/O. */
    public static PullStatistics over(ObjectStore store, PullOptions options) {
        return new PullStatistics(Objects.requireNonNull(store, "store"), Objects.requireNonNull(options, "options"));
    }

    /**
     * Returns a view of a registry through which each manifest that is got counts as pulled. One that is only looked up, as
     * by HEAD, does not. Whoever is not to be counted, such as a mirror, gets the registry itself.
     */
    public Registry counting(Registry registry) {
        return new CountedRegistry(registry, this);
    }

    /**
     * Counts a pull. Does no I/O, and never fails.
     *
     * @param manifest the manifest that was pulled
     * @param tag the tag by which it was, if it was not named by its digest
     */
    public void pulled(RepositoryName repository, Digest manifest, Optional<Tag> tag) {
        Instant now = options.clock().instant();
        counter.count(new Pulled(repository, manifest), now);
        tag.ifPresent(name -> counter.count(new Pulled(repository, name), now));
    }

    /**
     * Returns what all nodes have written of a repository, and what this one has counted since. What others have counted
     * and not written is missing.
     *
     * @throws dev.berth.registry.RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if the storage
     *     fails
     */
    public RepositoryPulls of(RepositoryName repository) {
        return StoreCalls.call("read the numbers of pulls of " + repository, () -> read(repository));
    }

    private RepositoryPulls read(RepositoryName repository) throws IOException {
        List<Map<PulledOn, Pulls>> counted = new ArrayList<>();
        counted.add(ofOne(repository, counter.present()));
        Optional<Batch> waiting = unwritten;
        waiting.ifPresent(batch -> counted.add(ofOne(repository, batch.counts())));
        // Batches before the ledger: what is merged in between is in the ledger.
        Map<String, Map<PulledOn, Pulls>> batched = new HashMap<>();
        for (String name : batches.list().names()) {
            if (waiting.isEmpty() || !waiting.get().name().equals(name)) {
                Map<PulledOn, Pulls> ours = ofOne(repository, batches.read(name).orElse(Map.of()));
                if (!ours.isEmpty()) {
                    batched.put(name, ours);
                }
            }
        }
        Ledger.Page page = ledger.read(repository);
        batched.keySet().removeAll(page.merged());
        counted.addAll(batched.values());
        Map<Pulled, Pulls> all = new HashMap<>(page.pulls());
        Summary summary = page.summary();
        for (Map<PulledOn, Pulls> counts : counted) {
            counts.forEach((pulled, pulls) -> all.merge(pulled.pulled(), pulls, Pulls::plus));
            summary = summary.plus(Summary.of(counts));
        }
        LocalDate today = LocalDate.ofInstant(options.clock().instant(), ZoneOffset.UTC);
        return repositoryPulls(all, summary.bounded(today, Ledger.tags(all.keySet())));
    }

    private static Map<PulledOn, Pulls> ofOne(RepositoryName repository, Map<PulledOn, Pulls> counts) {
        Map<PulledOn, Pulls> ours = new HashMap<>();
        counts.forEach((pulled, pulls) -> {
            if (pulled.repository().equals(repository)) {
                ours.put(pulled, pulls);
            }
        });
        return ours;
    }

    private static RepositoryPulls repositoryPulls(Map<Pulled, Pulls> all, Summary summary) {
        Map<Digest, Pulls> manifests = new HashMap<>();
        Map<Tag, Pulls> tags = new HashMap<>();
        all.forEach((pulled, pulls) -> {
            if (pulled.what() instanceof Digest digest) {
                manifests.put(digest, pulls);
            } else if (pulled.what() instanceof Tag tag) {
                tags.put(tag, pulls);
            }
        });
        return new RepositoryPulls(manifests, tags, summary.total(), summary.days(), summary.tags());
    }

    /**
     * Returns the pulls of all repositories in memory, for lists that show them. They are those that were written to the store,
     * by any node.
     */
    public PullTotals totals() {
        return new PullTotals(batches, ledger, options.clock());
    }

    /** Returns the pulls of a manifest, as {@link #of(RepositoryName)}, which is cheaper for several. */
    public Optional<Pulls> of(RepositoryName repository, Digest manifest) {
        return of(repository).of(manifest);
    }

    /**
     * Returns when the manifests of a repository were pulled last, as {@link #of(RepositoryName)} at this time. Rules can ask
     * for it: {@code RuleContext.of(registry).withPulls(statistics::lastPulls)}.
     */
    public Function<Digest, Optional<Instant>> lastPulls(RepositoryName repository) {
        RepositoryPulls pulls = of(repository);
        return manifest -> pulls.of(manifest).map(Pulls::last);
    }

    /**
     * Writes what was counted since the last flush. Does nothing if nothing was.
     *
     * @throws dev.berth.registry.RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} or
     *     {@link dev.berth.registry.ErrorCode#INSUFFICIENT_STORAGE} if that fails; the next flush tries again
     */
    public void flush() {
        StoreCalls.act(KEEP, () -> {
            writing.lock();
            try {
                if (!isWritten()) {
                    writeWaiting();
                }
                Map<PulledOn, Pulls> counts = counter.take();
                if (!counts.isEmpty()) {
                    unwritten = Optional.of(
                            new Batch(batches.newName(options.clock().instant()), counts));
                    writeWaiting();
                }
            } finally {
                writing.unlock();
            }
        });
        long dropped = counter.takeDropped();
        if (dropped > 0) {
            LOG.warn("{} pulls were not counted, since more manifests were pulled than are counted at a time", dropped);
        }
    }

    /** Returns whether a write that has failed did happen, so that others may even have merged it. */
    private boolean isWritten() throws IOException {
        Optional<Batch> batch = unwritten;
        if (batch.isEmpty()) {
            return true;
        }
        String name = batch.get().name();
        RepositoryName any = batch.get().counts().keySet().iterator().next().repository();
        boolean written = batches.exists(name) || ledger.read(any).merged().contains(name);
        if (written) {
            unwritten = Optional.empty();
        }
        return written;
    }

    private void writeWaiting() throws IOException {
        Optional<Batch> batch = unwritten;
        if (batch.isPresent()) {
            batches.write(batch.get().name(), batch.get().counts());
            unwritten = Optional.empty();
        }
    }

    /**
     * Merges what all nodes have written, and forgets manifests and tags that no longer exist. To be called every few
     * minutes, by one node or by all. An interrupted call loses nothing, and counts nothing twice.
     *
     * @throws dev.berth.registry.RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} or
     *     {@link dev.berth.registry.ErrorCode#INSUFFICIENT_STORAGE} if the storage fails
     */
    public void compact() {
        StoreCalls.act(KEEP, () -> {
            compacting.lock();
            try {
                compaction.run();
            } finally {
                compacting.unlock();
            }
        });
    }

    /** Flushes. The store stays open. */
    @Override
    public void close() {
        flush();
    }
}

package dev.berth.registry.maintenance.scrub;

import dev.berth.registry.Digest;
import dev.berth.registry.internal.budget.MemoryBudget;
import dev.berth.registry.internal.store.KeyReader;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.Mark;
import dev.berth.registry.internal.store.RegistryStore;
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for what the storage of a {@link dev.berth.registry.engine.StorageRegistry} has damaged, while registries serve it.
 *
 * <p>A <i>round</i> checks every link and every manifest, then hashes all data. Data that does not have its digest is moved to
 * the {@link Quarantine}: from then on every registry over the store answers that it does not exist, and a client that
 * pushes it makes the images whole again. Data is moved only after it has been read twice with a wrong digest, in the same
 * version; what cannot be read is reported and left. Links are never changed: a broken one counts as missing, and the
 * next push repairs it.
 *
 * <p>How far a round is, and what it has found, is kept in the store. So a round goes on after a restart, or in another
 * process; of several at a time one works.
 *
 * <p>Thread-safe. Starts no threads. Closing does not close the store.
 *
 * @since 0.1
 */
public final class Scrub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scrub.class);
    private static final long SMALLEST_MEMORY = 1024 * 1024;
    private static final String WHAT = "scrub its storage";

    /** How many entries of the index are looked at to tell what needs one content. */
    private static final int MOST_ENTRIES = 2_000;

    private final ObjectStore store;
    private final ScrubOptions options;
    private final RegistryStore registry;
    private final RoundStore rounds;
    private final AffectedSearch affected;
    private final ReentrantLock running = new ReentrantLock();
    private volatile boolean closed;

    private Scrub(ObjectStore store, ScrubOptions options) {
        this.store = Objects.requireNonNull(store, "store");
        this.options = Objects.requireNonNull(options, "options");
        this.registry = new RegistryStore(
                store,
                options.clock(),
                options.nanoTime(),
                pause -> options.pause().sleep(pause),
                new MemoryBudget(Math.max(SMALLEST_MEMORY, MemoryBudget.shareOfHeap(16))),
                0);
        this.rounds = new RoundStore(store);
        this.affected = new AffectedSearch(registry, MOST_ENTRIES);
    }

    /** Returns a scrub of a store, with the defaults of {@link ScrubOptions}. */
    public static Scrub over(ObjectStore store) {
        return over(store, ScrubOptions.defaults());
    }

    /** Returns a scrub of a store. Does no I/O. */
    public static Scrub over(ObjectStore store, ScrubOptions options) {
        return new Scrub(store, options);
    }

    /**
     * Goes on with the round that was begun, or begins one, and returns when it is finished, or when this object is closed,
     * or the thread interrupted. If another process works on the round, returns at once.
     *
     * @throws dev.berth.registry.RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if the storage
     *     fails; the next run goes on
     */
    public ScrubReport run() {
        if (!running.tryLock()) {
            return elsewhere();
        }
        try {
            return StoreCalls.call(WHAT, this::runAndEnd);
        } finally {
            running.unlock();
        }
    }

    private ScrubReport runAndEnd() throws IOException {
        try {
            return runOnce();
        } finally {
            options.listener().onEnd();
        }
    }

    private ScrubReport elsewhere() {
        return StoreCalls.call(
                WHAT,
                () -> rounds.current()
                        .map(RoundRecord::report)
                        .map(report -> new ScrubReport(
                                report.begun(),
                                Optional.empty(),
                                true,
                                report.links(),
                                report.blobs(),
                                report.bytes(),
                                report.problems(),
                                report.findings()))
                        .orElseGet(() -> new ScrubReport(
                                options.clock().instant(), Optional.empty(), true, 0, 0, 0, 0, List.of())));
    }

    private ScrubReport runOnce() throws IOException {
        Optional<RoundStore.Versioned> claimed =
                rounds.claim(Mark.Owner.create(), options.clock().instant());
        if (claimed.isEmpty()) {
            return elsewhere();
        }
        Round round = new Round(rounds, claimed.get(), options, () -> closed);
        try {
            check(round);
        } catch (StoppedException e) {
            if (!e.elsewhere()) {
                release(round);
            }
            return round.report(Optional.empty(), e.elsewhere());
        } catch (IOException | RuntimeException e) {
            boolean stopped = e instanceof IOException && Thread.currentThread().isInterrupted();
            release(round);
            if (stopped) {
                return round.report(Optional.empty(), false);
            }
            throw e;
        }
        ScrubReport report = round.finish();
        options.listener().onProgress(report);
        return report;
    }

    /** Best effort: whoever comes after waits for two minutes if it fails. */
    private static void release(Round round) {
        boolean interrupted = Thread.interrupted();
        try {
            round.release();
        } catch (IOException e) {
            LOG.debug("It could not be noted that the scrub has stopped", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void check(Round round) throws IOException {
        Pace pace = new Pace(options, round::step);
        DataCheck data = new DataCheck(store, options.clock(), pace, affected, round);
        if (round.phase() == RoundRecord.Phase.LINKS) {
            LinkCheck links = new LinkCheck(store, registry, affected, data, round, pace);
            walk(Keys.REPOSITORIES, round, key -> {
                Optional<LinkKey> link = LinkKey.parse(key);
                if (link.isPresent()) {
                    round.countLink();
                    links.check(link.get());
                }
            });
            round.beginData();
        }
        walk(Keys.BLOBS, round, key -> {
            Optional<Digest> digest = KeyReader.digestOfData(key)
                    .filter(found -> Keys.data(found).value().equals(key));
            if (digest.isPresent()) {
                data.check(digest.get());
            }
        });
    }

    private interface Check {
        void run(String key) throws IOException;
    }

    private void walk(KeyPrefix prefix, Round round, Check check) throws IOException {
        ListRequest request = ListRequest.tree(prefix).after(round.after());
        while (true) {
            ListPage page = store.list(request);
            for (String key : page.names()) {
                check.run(key);
                round.passed(key);
            }
            if (page.last()) {
                return;
            }
            request = request.after(page.names().get(page.names().size() - 1));
        }
    }

    /**
     * Hashes the data of one digest now, outside of the rounds, and moves it aside if it is damaged. For what a pull has
     * found to be damaged.
     *
     * @return what was found, or empty if the data has its digest, or does not exist
     * @throws dev.berth.registry.RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if the storage
     *     fails
     */
    public Optional<ScrubFinding> check(Digest digest) {
        List<ScrubFinding> found = new ArrayList<>();
        Findings findings = new Findings() {
            @Override
            public void add(ScrubFinding finding) {
                LOG.error("{}", finding);
                found.add(finding);
                options.listener().onFinding(finding);
            }

            @Override
            public boolean isKnown(Digest data) {
                return false;
            }

            @Override
            public void hashed(long bytes) {
                // It belongs to no round.
            }
        };
        try {
            StoreCalls.call(
                    "check " + digest,
                    () -> new DataCheck(
                                    store, options.clock(), new Pace(options, this::requireOpen), affected, findings)
                            .check(digest));
        } finally {
            options.listener().onEnd();
        }
        return found.stream().findFirst();
    }

    private void requireOpen() throws StoppedException {
        if (closed) {
            throw new StoppedException(false);
        }
    }

    /** Returns what the last round has found that was finished, or empty if none was. */
    public Optional<ScrubReport> lastReport() {
        return StoreCalls.call("read the report of a scrub", rounds::report);
    }

    /** Returns how far the round is that was begun and is not finished, whoever works on it; empty if there is none. */
    public Optional<ScrubReport> unfinished() {
        return StoreCalls.call("read how far a scrub is", () -> rounds.current().map(RoundRecord::report));
    }

    /**
     * Returns whether there is a round to go on with, or the last one was begun this long ago, or there was none.
     *
     * @param interval from the beginning of a round to that of the next one
     */
    public boolean isDue(Duration interval) {
        return StoreCalls.call("look for a scrub", () -> {
            Instant now = options.clock().instant();
            return rounds.current().isPresent()
                    || rounds.report()
                            .map(report -> !now.isBefore(report.begun().plus(interval)))
                            .orElse(true);
        });
    }

    /** Returns the damaged data that was moved aside. */
    public Quarantine quarantine() {
        return Quarantine.of(store);
    }

    /** Ends a run that is in progress, soon. The next one goes on. Later runs of this object end at once. */
    @Override
    public void close() {
        closed = true;
    }
}

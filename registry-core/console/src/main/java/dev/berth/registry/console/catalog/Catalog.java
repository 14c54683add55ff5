package dev.berth.registry.console.catalog;

import dev.berth.registry.Digest;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.event.RegistryListener;
import dev.berth.registry.internal.store.DerivedObjects;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lists show of all repositories. It is told of changes as a listener; {@link #refresh}, to be called every second or so,
 * looks at them. Thread-safe; starts no threads.
 */
public final class Catalog implements RegistryListener {
    private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);

    /** How many repositories are looked at before others are told. */
    private static final int TOLD_TOGETHER = 500;

    private static final int PAGE = 1_000;

    /** What is in layers that somebody has looked at. */
    private static final long MOST_LAYER_BYTES = 256L * 1024 * 1024;

    private static final Duration BETWEEN_READS = Duration.ofSeconds(15);
    private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);

    private final Registry registry;
    private final RecordStore records;
    private final RecordUpdate update;
    private final Journal journal;
    private final Cards cards;
    private final SharedLayers sharedLayers;
    private final DerivedObjects layers;
    private final InstantSource clock;
    private final boolean readOnly;
    private final ChangedTags changed = new ChangedTags();
    private final ReentrantLock working = new ReentrantLock();
    private final Set<RepositoryName> untold = new HashSet<>();
    private final Set<RepositoryName> failing = new HashSet<>();
    private boolean loaded;
    private Instant lastRead = Instant.EPOCH;
    private Instant lastCleaning = Instant.EPOCH;

    private Catalog(
            Registry registry,
            BiFunction<RepositoryName, Digest, Optional<Instant>> pushed,
            ObjectStore store,
            long mostCharacters,
            InstantSource clock,
            boolean readOnly) {
        this.registry = registry;
        this.readOnly = readOnly;
        KeyPrefix prefix = KeyPrefix.of(Keys.CONSOLE + "repositories/");
        this.records = readOnly ? RecordStore.readOnly(store, prefix) : RecordStore.of(store, prefix);
        this.update = new RecordUpdate(registry, pushed, records);
        this.journal = new Journal(store, KeyPrefix.of(Keys.CONSOLE + "journal/"), clock);
        this.cards = new Cards(mostCharacters);
        this.sharedLayers = new SharedLayers(store);
        this.layers = new DerivedObjects(store, KeyPrefix.of(Keys.CONSOLE + "layers/"), MOST_LAYER_BYTES);
        this.clock = clock;
    }

    /**
     * Returns the catalogue of what an engine stores. Does no I/O.
     *
     * @param store the store of the engine
     * @param mostCharacters how many characters of names and texts are in memory at most
     */
    public static Catalog over(StorageRegistry engine, ObjectStore store, long mostCharacters, InstantSource clock) {
        return over(engine, store, mostCharacters, clock, false);
    }

    /**
     * As {@link #over(StorageRegistry, ObjectStore, long, InstantSource)}.
     *
     * @param readOnly whether nothing may be written to the store: then what it lacks is kept in memory
     */
    public static Catalog over(
            StorageRegistry engine, ObjectStore store, long mostCharacters, InstantSource clock, boolean readOnly) {
        return new Catalog(
                engine,
                (name, digest) -> engine.repository(name).pushedAt(digest),
                store,
                mostCharacters,
                clock,
                readOnly);
    }

    @Override
    public void onEvent(RegistryEvent event) {
        changed.onEvent(event);
    }

    /** Returns the cards of all repositories that were read so far. */
    public Cards cards() {
        return cards;
    }

    /** Returns the registry as it is, for whoever has checked that the caller may see a repository. */
    public Registry registry() {
        return registry;
    }

    /** Returns what tells which images have the same layers. */
    public SharedLayers sharedLayers() {
        return sharedLayers;
    }

    /** Returns where it is kept what is in layers. */
    public DerivedObjects layers() {
        return layers;
    }

    /**
     * Returns what is known of a repository, with one read. A repository of which nothing is known yet is looked at.
     *
     * @throws RegistryException if the registry or the store fails
     */
    public RepositoryRecord of(RepositoryName name) {
        RecordStore.Stored stored = StoreCalls.call("read the console's list of " + name, () -> records.read(name));
        if (stored.known()) {
            return stored.repository();
        }
        RepositoryRecord made = update.run(new ChangedTags.Change(name, Optional.empty()));
        show(made);
        return made;
    }

    /**
     * Returns what is known of a repository that a caller has asked for.
     *
     * @param view the registry as the caller may see it
     * @throws RegistryException with {@link dev.berth.registry.ErrorCode#NAME_UNKNOWN} if there is no such repository, otherwise
     *     if the registry refuses the caller or fails
     */
    public RepositoryRecord seen(Registry view, RepositoryName name) {
        RepositoryRecord repository = of(name);
        if (repository.tags().isEmpty()) {
            // It may have images without having tags; this fails if it has neither.
            var unused = view.repository(name).tags().list().limit(1).toList();
        }
        return repository;
    }

    /**
     * Looks at what has changed here and elsewhere since the last call; the first call reads all records. What fails is tried
     * again by the next call.
     *
     * @throws RegistryException if the registry or the store fails
     */
    public void refresh() {
        working.lock();
        try {
            StoreCalls.act("bring the console's lists up to date", this::work);
        } finally {
            working.unlock();
        }
    }

    private void work() throws IOException {
        if (!loaded || changed.takeOverflown()) {
            load();
            loaded = true;
        }
        lookAt(changed.take());
        Instant now = clock.instant();
        if (!now.isBefore(lastRead.plus(BETWEEN_READS))) {
            for (RepositoryName name : journal.read()) {
                show(records.read(name).repository());
            }
            lastRead = now;
        }
        if (!readOnly && !now.isBefore(lastCleaning.plus(BETWEEN_CLEANINGS))) {
            journal.forget();
            layers.sweep();
            lastCleaning = now;
        }
    }

    /** Reads all records. A repository without one is looked at, and the record of one that is gone as well. */
    private void load() throws IOException {
        Set<RepositoryName> known = new HashSet<>();
        Optional<RepositoryName> last = Optional.empty();
        while (true) {
            List<RepositoryName> names = records.namesAfter(last, PAGE);
            for (RepositoryName name : names) {
                requireGoingOn();
                RecordStore.Stored stored = records.read(name);
                if (stored.known()) {
                    known.add(name);
                    show(stored.repository());
                }
            }
            if (names.isEmpty()) {
                break;
            }
            last = Optional.of(names.get(names.size() - 1));
        }
        Set<RepositoryName> gone = new HashSet<>(known);
        for (RepositoryName name : registry.repositories()) {
            gone.remove(name);
            if (!known.contains(name)) {
                changed.addWhole(name);
            }
        }
        gone.forEach(changed::addWhole);
    }

    /**
     * Looks at all tags of all repositories once more, for what a crash has left undone.
     *
     * @throws RegistryException if the registry or the store fails
     */
    public void rebuild() {
        working.lock();
        try {
            StoreCalls.act("make the console's lists again", () -> {
                load();
                Map<RepositoryName, ChangedTags.Change> others = changed.take();
                for (RepositoryName name : registry.repositories()) {
                    others.remove(name);
                    lookAt(new ChangedTags.Change(name, Optional.empty()));
                }
                lookAt(others);
            });
        } finally {
            working.unlock();
        }
    }

    private void lookAt(Map<RepositoryName, ChangedTags.Change> changes) throws IOException {
        Map<RepositoryName, ChangedTags.Change> left = new LinkedHashMap<>(changes);
        try {
            for (ChangedTags.Change change : changes.values()) {
                lookAt(change);
                left.remove(change.repository());
            }
        } finally {
            left.values().forEach(changed::putBack);
        }
        tell();
    }

    private void lookAt(ChangedTags.Change change) throws IOException {
        try {
            requireGoingOn();
            show(update.run(change));
            untold.add(change.repository());
            failing.remove(change.repository());
        } catch (RegistryException e) {
            requireGoingOn();
            changed.putBack(change);
            // It is tried again every second, and said once.
            if (failing.add(change.repository())) {
                LOG.warn("The console's list of {} is not up to date: {}", change.repository(), e.getMessage());
            }
        }
        if (untold.size() >= TOLD_TOGETHER) {
            tell();
        }
    }

    /** Whoever ends the work interrupts it, and waits. */
    private static void requireGoingOn() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("The work was ended");
        }
    }

    /** What cannot be told now is told the next time. */
    private void tell() throws IOException {
        if (!readOnly && !untold.isEmpty()) {
            journal.tell(untold);
        }
        untold.clear();
    }

    private void show(RepositoryRecord repository) {
        if (repository.tags().isEmpty()) {
            cards.remove(repository.name());
        } else {
            cards.put(RepositoryCard.of(repository));
        }
    }
}

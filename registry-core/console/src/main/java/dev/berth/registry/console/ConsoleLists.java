package dev.berth.registry.console;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.console.catalog.Catalog;
import dev.berth.registry.console.catalog.SafetyLists;
import dev.berth.registry.console.catalog.Standing;
import dev.berth.registry.console.statistics.StatisticsLists;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.event.RegistryListener;
import dev.berth.registry.storage.ObjectStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * What the pages and searches show of repositories and tags. It is derived from the registry, kept in its store, and brought up to
 * date by events:
 *
 * <pre>{@code
 * ConsoleLists lists = ConsoleLists.over(hosted.engine(), store);
 * HostedRegistry.builder(store).events(lists)….build();
 * schedule.scheduleWithFixedDelay(lists::refresh, 0, 1, TimeUnit.SECONDS);
 * }</pre>
 *
 * <p>Each object is one node of any number over the same store. Thread-safe; starts no threads.
 *
 * @since 0.1
 */
public final class ConsoleLists implements RegistryListener {
    /** Some hundred bytes for each of 100,000 repositories, in memory. */
    private static final long MOST_CHARACTERS = 48_000_000;

    private final Catalog catalog;
    private final Duration undelete;
    private final SafetyLists safety;
    private final StatisticsLists statistics;

    private ConsoleLists(Catalog catalog, Duration undelete, SafetyLists safety, StatisticsLists statistics) {
        this.catalog = catalog;
        this.undelete = undelete;
        this.safety = safety;
        this.statistics = statistics;
    }

    /**
     * Returns the lists of what an engine stores. Does no I/O.
     *
     * @param store the store of the engine
     */
    public static ConsoleLists over(StorageRegistry engine, ObjectStore store) {
        return over(engine, store, InstantSource.system());
    }

    /** As {@link #over(StorageRegistry, ObjectStore)}, with another clock. */
    public static ConsoleLists over(StorageRegistry engine, ObjectStore store, InstantSource clock) {
        return over(engine, store, clock, false);
    }

    /**
     * Returns the lists of what an engine stores, in whose store nothing may be written: what is not in it is made when the process
     * starts, and kept in memory. Does no I/O.
     *
     * @param store the store of the engine
     */
    public static ConsoleLists readOnly(StorageRegistry engine, ObjectStore store) {
        return over(engine, store, InstantSource.system(), true);
    }

    private static ConsoleLists over(StorageRegistry engine, ObjectStore store, InstantSource clock, boolean readOnly) {
        Catalog catalog = Catalog.over(
                Objects.requireNonNull(engine, "engine"),
                Objects.requireNonNull(store, "store"),
                MOST_CHARACTERS,
                Objects.requireNonNull(clock, "clock"),
                readOnly);
        return new ConsoleLists(
                catalog,
                engine.trash().window(),
                SafetyLists.over(engine, store, catalog, clock, readOnly),
                new StatisticsLists(store, clock, readOnly));
    }

    /** Remembers what has changed. Does no I/O. */
    @Override
    public void onEvent(RegistryEvent event) {
        catalog.onEvent(event);
        safety.onEvent(event);
    }

    /**
     * Remembers that there is something new about an image: that a scan of it has ended, or somebody has signed it elsewhere. Does no
     * I/O.
     *
     * @param image the digest of an image, or of an index
     */
    public void changed(RepositoryName repository, Digest image) {
        safety.changed(repository, image);
    }

    /**
     * Looks at what has changed here and on other nodes. To be called every second or so; the first call reads everything. What
     * fails is tried again by the next one.
     *
     * @throws dev.berth.registry.RegistryException if the registry or the store fails
     */
    public void refresh() {
        catalog.refresh();
        safety.refresh();
        statistics.refresh();
    }

    /**
     * Makes the lists again, for what a crash has left undone.
     *
     * @throws dev.berth.registry.RegistryException if the registry or the store fails
     */
    public void rebuild() {
        catalog.rebuild();
        safety.rebuild();
    }

    SafetyLists safety() {
        return safety;
    }

    /** Returns for how long what is deleted can be restored. */
    Duration undelete() {
        return undelete;
    }

    /**
     * Has what the storage holds written down for each day, for a page that shows it over time. By default it is not.
     *
     * @param used tells how many bytes all repositories use; empty while that is not known. It is called every half an hour, and may
     *     do I/O
     */
    public void measureStorage(Supplier<OptionalLong> used) {
        statistics.measureStorage(Objects.requireNonNull(used, "used"));
    }

    Catalog catalog() {
        return catalog;
    }

    StatisticsLists statistics() {
        return statistics;
    }

    Standing standing(List<NamePattern> official) {
        return new Standing(statistics.totals(), official);
    }
}

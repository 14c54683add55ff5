package dev.berth.registry.console.catalog;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.event.RegistryListener;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.rules.RepositoryFacts;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lists show of the safety of images, beside their records, so that a list judges no image. It is brought up to date by
 * {@link #refresh} when an image is new, when there is something new about one, and when somebody looks at a list that is old.
 * Thread-safe; starts no threads.
 */
public final class SafetyLists implements RegistryListener {
    private static final Logger LOG = LoggerFactory.getLogger(SafetyLists.class);

    /** Keys and what is accepted may change, and nobody tells of it. */
    private static final Duration OLD = Duration.ofDays(1);

    private static final int ATTEMPTS = 8;
    private static final int MOST_INDEXES = 100;

    private final Registry registry;
    private final RepositoryFacts facts;
    private final Catalog catalog;
    private final SafetyStore records;
    private final InstantSource clock;
    private final boolean readOnly;
    private final SafetyEvents events = new SafetyEvents();
    private final AtomicReference<Optional<SafetySource>> source = new AtomicReference<>(Optional.empty());
    private final ReentrantLock working = new ReentrantLock();

    private SafetyLists(
            Registry registry,
            RepositoryFacts facts,
            Catalog catalog,
            SafetyStore records,
            InstantSource clock,
            boolean readOnly) {
        this.registry = registry;
        this.facts = facts;
        this.catalog = catalog;
        this.records = records;
        this.clock = clock;
        this.readOnly = readOnly;
    }

    /** Returns those of what an engine stores. Does no I/O. */
    public static SafetyLists over(StorageRegistry engine, ObjectStore store, Catalog catalog, InstantSource clock) {
        return over(engine, store, catalog, clock, false);
    }

    /**
     * As {@link #over(StorageRegistry, ObjectStore, Catalog, InstantSource)}.
     *
     * @param readOnly whether nothing may be written to the store: then there is what others have found out
     */
    public static SafetyLists over(
            StorageRegistry engine, ObjectStore store, Catalog catalog, InstantSource clock, boolean readOnly) {
        return new SafetyLists(
                engine,
                RepositoryFacts.of(engine),
                catalog,
                new SafetyStore(store, KeyPrefix.of(Keys.CONSOLE + "safety/")),
                clock,
                readOnly);
    }

    /** Sets who knows. Without, there is nothing to show. */
    public void source(SafetySource newSource) {
        source.set(Optional.of(newSource));
    }

    @Override
    public void onEvent(RegistryEvent event) {
        if (source.get().isPresent()) {
            events.onEvent(event);
        }
    }

    /** There is something new about an image, which may be one of an index. Does no I/O. */
    public void changed(RepositoryName repository, Digest image) {
        events.changed(repository, image);
    }

    /**
     * Returns what is known of the images of a repository, with one read; what is not known yet is looked at soon.
     *
     * @return by the digests that tags name
     * @throws RegistryException if the store fails
     */
    public Map<Digest, ImageSafety> of(RepositoryRecord repository) {
        if (source.get().isEmpty()) {
            return Map.of();
        }
        SafetyRecord record = read(repository.name()).record();
        if (readOnly) {
            return record.images();
        }
        if (record.looked().plus(OLD).isBefore(clock.instant())
                || !images(repository).allMatch(record.images()::containsKey)) {
            events.changedAll(repository.name());
        }
        return record.images();
    }

    private SafetyStore.Stored read(RepositoryName name) {
        return StoreCalls.call("read what is known of the images of " + name, () -> records.read(name));
    }

    private static Stream<Digest> images(RepositoryRecord repository) {
        return repository.images().values().stream()
                .filter(image -> image.kind() == ImageKind.IMAGE || image.kind() == ImageKind.INDEX)
                .map(ImageSummary::digest);
    }

    /** Looks at what is new since the last call. What fails is tried again by the next one. */
    public void refresh() {
        Optional<SafetySource> asked = source.get();
        if (asked.isEmpty() || readOnly) {
            return;
        }
        working.lock();
        try {
            events.takePushed().forEach(this::findSubjects);
            events.takeDeleted().forEach((name, gone) -> findSigned(name));
            events.takeImages().forEach((name, images) -> lookAt(asked.get(), name, images));
        } finally {
            working.unlock();
        }
    }

    /** Looks at everything once more. What fails is told. */
    public void rebuild() {
        catalog.cards().all().forEach(card -> events.changedAll(card.name()));
        refresh();
    }

    /** A signature says itself what it is of. */
    private void findSubjects(RepositoryName name, Optional<Set<Digest>> pushed) {
        if (pushed.isEmpty()) {
            events.changedAll(name);
            return;
        }
        for (Digest manifest : pushed.get()) {
            try {
                ManifestDocument.parse(registry.repository(name).manifests().get(manifest))
                        .subject()
                        .map(Descriptor::digest)
                        .ifPresent(subject -> events.changed(name, subject));
            } catch (RegistryException e) {
                LOG.debug("What {} in {} refers to is not known", manifest, name, e);
            }
        }
    }

    /** Nobody can say any more what a manifest was that is gone. */
    private void findSigned(RepositoryName name) {
        try {
            read(name).record().images().forEach((digest, image) -> {
                if (image.signed() != ImageSafety.Signed.UNSIGNED) {
                    events.changed(name, digest);
                }
            });
        } catch (RegistryException e) {
            events.changedAll(name);
        }
    }

    private void lookAt(SafetySource asked, RepositoryName name, Optional<Set<Digest>> images) {
        try {
            StoreCalls.act("find out about the images of " + name, () -> update(asked, name, images));
        } catch (RegistryException e) {
            images.ifPresentOrElse(
                    some -> some.forEach(image -> events.changed(name, image)), () -> events.changedAll(name));
            LOG.warn("What is known of the images of {} is not up to date: {}", name, e.getMessage());
        }
    }

    private void update(SafetySource asked, RepositoryName name, Optional<Set<Digest>> images) throws IOException {
        RepositoryRecord repository = catalog.of(name);
        Optional<Set<Digest>> again = images.map(some -> withIndexes(name, some));
        for (int i = 0; i < ATTEMPTS; i++) {
            SafetyStore.Stored stored = records.read(name);
            // Each attempt asks again: what another node has written meanwhile may be older than what it knew.
            Map<Digest, ImageSafety> known = new HashMap<>();
            for (Digest digest : images(repository).toList()) {
                Optional<ImageSafety> before =
                        Optional.ofNullable(stored.record().images().get(digest));
                boolean look =
                        before.isEmpty() || again.isEmpty() || again.get().contains(digest);
                Optional<ImageSafety> now = look ? asked.of(name, digest) : before;
                now.ifPresent(safety -> known.put(digest, safety));
            }
            boolean whole = again.isEmpty() || stored.version().isEmpty();
            Instant looked = whole ? clock.instant() : stored.record().looked();
            SafetyRecord updated = new SafetyRecord(known, looked);
            if (updated.equals(stored.record()) || records.write(name, updated, stored.version())) {
                return;
            }
        }
        throw RegistryException.of(
                ErrorCode.UNAVAILABLE, "Others change what is known of " + name + " at the same time; try again");
    }

    /** What is new about an image is so about the indexes that list it. */
    private Set<Digest> withIndexes(RepositoryName name, Set<Digest> images) {
        Set<Digest> all = new HashSet<>(images);
        for (Digest image : images) {
            Iterator<Digest> indexes = facts.indexesOf(name, image);
            for (int i = 0; i < MOST_INDEXES && indexes.hasNext(); i++) {
                all.add(indexes.next());
            }
        }
        return all;
    }
}

package dev.berth.registry.mirror.replication;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.compose.Observed;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A registry in a place, with what it stores, and those who hear of its changes. */
final class Place {
    final String name;
    final ObjectStore store = MemoryObjectStore.create();
    final Registry engine = StorageRegistry.over(store);
    /** Tells of what is written through it. */
    final Registry registry;

    final List<Consumer<RegistryEvent>> listeners = new CopyOnWriteArrayList<>();
    private final SampleImages images;

    Place(String name, long seed) {
        this.name = name;
        this.images = new SampleImages(seed);
        this.registry = Observed.of(
                engine,
                EventContext.none(),
                events -> events.forEach(event -> listeners.forEach(listener -> listener.accept(event))));
    }

    Repository repository(String repository) {
        return registry.repository(repository);
    }

    /** Pushes a new image. */
    Manifest push(String repository, String... tags) {
        Tag[] parsed = List.of(tags).stream().map(Tag::parse).toArray(Tag[]::new);
        return images.image(repository(repository), List.of(100), parsed);
    }

    SampleImages images() {
        return images;
    }

    boolean delete(String repository, String tag) {
        return repository(repository).tags().delete(Tag.parse(tag));
    }

    Optional<Digest> digest(String repository, String tag) {
        return engine.repository(repository).tags().resolve(Tag.parse(tag)).map(Descriptor::digest);
    }

    /** Returns all tags, with their digests. */
    Map<String, Digest> tags() {
        Map<String, Digest> all = new TreeMap<>();
        for (RepositoryName repository : engine.repositories()) {
            try {
                for (Tag tag : engine.repository(repository).tags().list()) {
                    engine.repository(repository)
                            .tags()
                            .resolve(tag)
                            .ifPresent(found -> all.put(repository + ":" + tag, found.digest()));
                }
            } catch (RegistryException e) {
                throw new AssertionError("It was just listed", e);
            }
        }
        return all;
    }

    /** Checks that each tag has its image, each byte of it. */
    void requireComplete() {
        for (RepositoryName name : engine.repositories()) {
            Repository repository = engine.repository(name);
            repository
                    .tags()
                    .list()
                    .forEach(tag -> SampleImages.requireComplete(
                            repository, repository.tags().resolve(tag).orElseThrow()));
        }
    }

    @Override
    public String toString() {
        return name;
    }
}

package dev.berth.registry.engine;

import com.google.common.collect.Iterators;
import dev.berth.registry.Blobs;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifests;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.Tags;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.storage.ObjectStat;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The view of one repository of a {@link StorageRegistry}. It also tells what is known beyond the interface, for maintenance:
 * when tags were set and manifests pushed, and what names a manifest. Thread-safe; an iterator is not.
 *
 * <p>Times are those of the store: the modification time of a file, the {@code LastModified} of an object. Each of these
 * methods, and each iterator, fails with {@link ErrorCode#UNAVAILABLE} if the storage does.
 *
 * @since 0.1
 */
public final class StoredRepository implements Repository {
    private final Engine engine;
    private final RepositoryName name;

    StoredRepository(Engine engine, RepositoryName name) {
        this.engine = engine;
        this.name = name;
    }

    /**
     * A tag.
     *
     * @param target the manifest that it names
     * @param setAt when it was last set, be it to the same manifest as before
     * @since 0.1
     */
    public record SetTag(Digest target, Instant setAt) {}

    @Override
    public RepositoryName name() {
        return name;
    }

    @Override
    public Manifests manifests() {
        return new StoredManifests(engine, name);
    }

    @Override
    public Tags tags() {
        return new StoredTags(engine, name);
    }

    @Override
    public Blobs blobs() {
        return new StoredBlobs(engine, name);
    }

    /** Returns a tag, or empty if it does not exist. Whether the manifest is there is not checked. */
    public Optional<SetTag> tag(Tag tag) {
        return engine.call("look up the tag " + name + ":" + tag, () -> {
            // In this order, the time is never older than the target.
            Optional<Digest> target = engine.links.target(Keys.tagLink(name, tag));
            if (target.isEmpty()) {
                return Optional.empty();
            }
            Optional<ObjectStat> stat = engine.store.stat(Keys.tagLink(name, tag));
            return stat.map(found -> new SetTag(target.get(), found.lastModified()));
        });
    }

    /** Iterates over the tags that name a manifest. */
    public Iterator<Tag> tagsOf(Digest manifest) {
        Iterator<Tag> candidates = engine.call(
                "list the tags of " + name + "@" + manifest,
                () -> engine.indexState.complete() ? engine.index.tagsOf(name, manifest) : engine.layout.tags(name));
        return Iterators.filter(candidates, tag -> names(tag, manifest));
    }

    private boolean names(Tag tag, Digest manifest) {
        return StoreCalls.call("look up the tag " + name + ":" + tag, () -> engine.index.names(name, tag, manifest));
    }

    /**
     * Iterates over the indexes that list a manifest.
     *
     * @throws RegistryException with {@link ErrorCode#UNSUPPORTED} if the index of the store is not complete: then only a
     *     look at every manifest could tell
     */
    public Iterator<Digest> indexesOf(Digest manifest) {
        String what = "look for indexes with " + name + "@" + manifest;
        Iterator<Digest> candidates = engine.call(what, () -> {
            if (!engine.indexState.complete()) {
                throw RegistryException.of(
                        ErrorCode.UNSUPPORTED,
                        "The index of this store is not complete, so that what needs a manifest cannot be told; build"
                                + " it first: StorageRegistry.rebuildIndex, or berth.jar reindex");
            }
            return engine.index.manifestsWith(name, manifest, Long.MAX_VALUE);
        });
        return Iterators.filter(
                candidates, index -> StoreCalls.call(what, () -> engine.revisions.isLinked(name, index)));
    }

    /** Iterates over the manifests of the repository, in no particular order. The data of each may be missing. */
    public Iterator<Digest> linkedManifests() {
        return engine.call("list the manifests of " + name, () -> engine.revisions.list(name, OptionalLong.empty()));
    }

    /** Returns when a manifest was last pushed to the repository, or empty if it is not there. */
    public Optional<Instant> pushedAt(Digest manifest) {
        return engine.call(
                "look up " + name + "@" + manifest,
                () -> engine.store
                        .stat(Keys.revisionLink(name, manifest))
                        // An empty one is what is left of a link.
                        .filter(stat -> stat.size() > 0)
                        .map(ObjectStat::lastModified));
    }
}

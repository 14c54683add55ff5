package dev.berth.registry.rules;

import dev.berth.registry.Digest;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StorageRegistry;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;

/**
 * What rules ask about a repository beyond the interface of a registry. Thread-safe; an iterator is not. Each method may fail
 * as those of a registry.
 *
 * @since 0.1
 */
public interface RepositoryFacts {

    /**
     * A tag.
     *
     * @param manifest the manifest that it names
     * @param setAt when it was last set, be it to the same manifest as before; empty if that is not known
     * @since 0.1
     */
    record SetTag(Digest manifest, Optional<Instant> setAt) {}

    /** Returns a tag, or empty if it does not exist. */
    Optional<SetTag> tag(RepositoryName repository, Tag tag);

    /** Iterates over the tags that name a manifest. */
    Iterator<Tag> tagsOf(RepositoryName repository, Digest manifest);

    /**
     * Returns whether the other methods work. If not, retention deletes tags only, and leaves it to the registry which
     * manifests it keeps.
     */
    boolean knowsManifests();

    /** Iterates over the indexes of the repository that list a manifest. */
    Iterator<Digest> indexesOf(RepositoryName repository, Digest manifest);

    /** Iterates over the manifests of a repository. */
    Iterator<Digest> manifests(RepositoryName repository);

    /** Returns when a manifest was last pushed, or empty if it is not there. */
    Optional<Instant> pushedAt(RepositoryName repository, Digest manifest);

    /** Returns the facts of a registry that keeps its content in a store: times are those of the store. */
    static RepositoryFacts of(StorageRegistry registry) {
        return new StoredFacts(registry);
    }

    /**
     * Returns what can be told of any registry. A tag counts as set when its image was created, as the configuration of the
     * image says (of an index, the first of its images); the time of anything else is not known. That an image is tagged
     * again cannot be seen. The tags of a manifest are found by looking at every tag.
     */
    static RepositoryFacts ofAny(Registry registry) {
        return new ScannedFacts(registry);
    }
}

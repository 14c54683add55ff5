package dev.berth.registry.engine;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.PutResult;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.Tags;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** The tags of a repository of a {@link StorageRegistry}. */
final class StoredTags implements Tags {
    private final Engine engine;
    private final RepositoryName repository;

    StoredTags(Engine engine, RepositoryName repository) {
        this.engine = engine;
        this.repository = repository;
    }

    @Override
    public Listing<Tag, Tag> list() {
        return Listing.of((after, wanted) -> engine.call("list the tags of " + repository, () -> open(after, wanted)));
    }

    private Iterator<Tag> open(Optional<Tag> after, OptionalLong wanted) throws IOException {
        Iterator<Tag> tags = engine.indexState.complete() ? engine.index.tags(repository, after, wanted) : scan(after);
        if (!tags.hasNext() && !exists()) {
            throw RegistryException.of(
                    ErrorCode.NAME_UNKNOWN,
                    "There is no repository " + repository + " in this registry; push an image to it first");
        }
        return tags;
    }

    private boolean exists() throws IOException {
        if (engine.indexState.complete() && !engine.index.inCatalogue(repository)) {
            return false;
        }
        return engine.index.repairRepository(repository);
    }

    /** Returns the tags in the layout, for a store whose index is not complete. */
    private Iterator<Tag> scan(Optional<Tag> after) throws IOException {
        List<Tag> tags = new ArrayList<>();
        Iterator<Tag> found = engine.layout.tags(repository);
        while (found.hasNext()) {
            Tag tag = found.next();
            if ((after.isEmpty() || tag.compareTo(after.get()) > 0)
                    && engine.revisions.resolve(repository, tag).isPresent()) {
                tags.add(tag);
            }
        }
        Collections.sort(tags);
        return tags.iterator();
    }

    @Override
    public Optional<Descriptor> resolve(Tag tag) {
        return new StoredManifests(engine, repository).find(tag);
    }

    @Override
    public PutResult put(Tag tag, Digest target, TagCondition condition) {
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(condition, "condition");
        return engine.call("tag " + target + " as " + repository + ":" + tag, () -> {
            Descriptor manifest = new TagWrite(engine, repository).putExisting(tag, target, condition);
            return new PutResult(manifest, List.of(tag), Optional.empty());
        });
    }

    @Override
    public boolean delete(Tag tag) {
        return delete(tag, TagCondition.any());
    }

    @Override
    public boolean delete(Tag tag, TagCondition condition) {
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(condition, "condition");
        return engine.call(
                "delete the tag " + repository + ":" + tag,
                () -> new TagWrite(engine, repository).delete(tag, condition));
    }
}

package dev.berth.registry.rules;

import dev.berth.registry.DeleteCondition;
import dev.berth.registry.DeleteResult;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.PutOptions;
import dev.berth.registry.PutResult;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.compose.ForwardingManifests;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The manifests of a repository in which tags may be locked. */
final class ImmutableManifests extends ForwardingManifests {
    private final Repository repository;
    private final Locks locks;

    ImmutableManifests(Repository repository, Locks locks) {
        super(repository.manifests());
        this.repository = repository;
        this.locks = locks;
    }

    @Override
    public PutResult put(Manifest manifest, PutOptions options) {
        Set<Tag> concerned = new LinkedHashSet<>(
                options.tags().stream().filter(locks::concern).toList());
        if (concerned.isEmpty()) {
            return super.put(manifest, options);
        }
        if (options.tags().size() == 1) {
            return putOne(manifest, options, options.tags().get(0));
        }
        // All of them are looked at before anything is stored. Each has a condition of its own.
        concerned.forEach(tag -> locks.conditionOfPut(tag, manifest.digest()));
        PutResult pushed = super.put(manifest, PutOptions.untagged());
        List<Tag> set = new ArrayList<>();
        for (Tag tag : options.tags()) {
            try {
                new ImmutableTags(repository.tags(), locks).put(tag, manifest.digest(), options.condition());
            } catch (RegistryException e) {
                throw e.afterStoring(new PutResult(pushed.descriptor(), set, pushed.subject()));
            }
            set.add(tag);
        }
        return new PutResult(pushed.descriptor(), set, pushed.subject());
    }

    private PutResult putOne(Manifest manifest, PutOptions options, Tag tag) {
        for (int attempt = 0; attempt < Locks.ATTEMPTS; attempt++) {
            TagCondition allowed = ImmutableTags.narrowed(
                    locks, tag, options.condition(), locks.conditionOfPut(tag, manifest.digest()));
            try {
                return super.put(manifest, options.onlyIf(allowed));
            } catch (RegistryException e) {
                ImmutableTags.requireRepeatable(e, options.condition());
            }
        }
        throw locks.busy("set the tag " + locks.repository() + ":" + tag);
    }

    /**
     * Deletes the tags that were found released, one by one, and then the manifest on the condition that it has no tag: one that
     * is set meanwhile is looked at as the others were.
     */
    @Override
    public DeleteResult delete(Digest digest) {
        if (!locks.facts().knowsManifests()) {
            requireUnlocked(digest);
            return super.delete(digest);
        }
        List<Tag> deleted = new ArrayList<>();
        for (int attempt = 0; attempt < Locks.ATTEMPTS; attempt++) {
            requireUnlocked(digest);
            for (Iterator<Tag> tags = locks.facts().tagsOf(locks.repository(), digest); tags.hasNext(); ) {
                deleteTag(tags.next(), digest, deleted);
            }
            if (super.delete(digest, DeleteCondition.UNTAGGED)) {
                return new DeleteResult(true, deleted);
            }
            if (find(digest).isEmpty()) {
                return new DeleteResult(false, deleted);
            }
        }
        throw locks.busy("delete the manifest " + locks.repository() + "@" + digest);
    }

    private void deleteTag(Tag tag, Digest digest, List<Tag> deleted) {
        try {
            if (repository.tags().delete(tag, TagCondition.currently(digest))) {
                deleted.add(tag);
            }
        } catch (RegistryException e) {
            ImmutableTags.requireRepeatable(e, TagCondition.any());
        }
    }

    @Override
    public boolean delete(Digest digest, DeleteCondition condition) {
        requireUnlocked(digest);
        return super.delete(digest, condition);
    }

    private void requireUnlocked(Digest digest) {
        locks.requireUnlocked(
                digest,
                () -> "The manifest " + locks.repository() + "@" + digest
                        + " was not deleted, since it is, or is a part of, an image that is locked. ");
    }
}

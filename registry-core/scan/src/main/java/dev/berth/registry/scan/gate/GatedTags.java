package dev.berth.registry.scan.gate;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Listing;
import dev.berth.registry.PutResult;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.compose.Denial;
import dev.berth.registry.compose.DenyingTags;
import java.util.Optional;

/** The tags of a repository behind a gate. */
final class GatedTags extends DenyingTags {
    private final Repository repository;
    private final Judge judge;

    GatedTags(Repository repository, Judge judge, Denial denial) {
        super(repository.name(), denial);
        this.repository = repository;
        this.judge = judge;
    }

    /** Lists the names of what there is, whether it would be handed out or not. */
    @Override
    public Listing<Tag, Tag> list() {
        return repository.tags().list();
    }

    @Override
    public Optional<Descriptor> resolve(Tag tag) {
        Optional<Descriptor> found = repository.tags().resolve(tag);
        found.ifPresent(descriptor -> judge.requirePull(Subject.of(repository, descriptor), Optional.of(tag)));
        return found;
    }

    @Override
    public PutResult put(Tag tag, Digest target, TagCondition condition) {
        if (judge.looksAtTag(repository.name(), tag)) {
            repository
                    .manifests()
                    .find(target)
                    .ifPresent(descriptor -> judge.requireTag(Subject.of(repository, descriptor), tag));
        }
        try {
            return repository.tags().put(tag, target, condition);
        } finally {
            judge.decisions().forget(repository.name());
        }
    }

    @Override
    public boolean delete(Tag tag) {
        try {
            return repository.tags().delete(tag);
        } finally {
            judge.decisions().forget(repository.name());
        }
    }

    @Override
    public boolean delete(Tag tag, TagCondition condition) {
        try {
            return repository.tags().delete(tag, condition);
        } finally {
            judge.decisions().forget(repository.name());
        }
    }
}

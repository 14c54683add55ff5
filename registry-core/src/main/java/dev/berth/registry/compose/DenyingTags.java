package dev.berth.registry.compose;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Listing;
import dev.berth.registry.PutResult;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.Tags;
import java.util.Objects;
import java.util.Optional;

/**
 * Tags of which every method fails with a {@link Denial}: a base for wrappers that allow some.
 *
 * @since 0.1
 */
public class DenyingTags implements Tags {
    private final RepositoryName repository;
    private final Denial denial;

    /** Creates an object that denies everything. */
    public DenyingTags(RepositoryName repository, Denial denial) {
        this.repository = Objects.requireNonNull(repository, "repository");
        this.denial = Objects.requireNonNull(denial, "denial");
    }

    @Override
    public Listing<Tag, Tag> list() {
        return Listing.of((after, wanted) -> {
            throw denial.of("list the tags of " + repository);
        });
    }

    @Override
    public Optional<Descriptor> resolve(Tag tag) {
        throw denial.of("look up the tag " + tag + " of " + repository);
    }

    @Override
    public PutResult put(Tag tag, Digest target, TagCondition condition) {
        throw denial.of("set the tag " + tag + " of " + repository);
    }

    @Override
    public boolean delete(Tag tag) {
        throw denial.of("delete the tag " + tag + " of " + repository);
    }

    @Override
    public boolean delete(Tag tag, TagCondition condition) {
        throw denial.of("delete the tag " + tag + " of " + repository);
    }
}

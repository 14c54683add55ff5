package dev.berth.registry.access;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Listing;
import dev.berth.registry.PutResult;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.Tags;
import dev.berth.registry.compose.DenyingTags;
import java.util.Optional;

/** The tags of a repository as one caller sees them. */
final class AuthorizedTags extends DenyingTags {
    private final RepositoryName repository;
    private final Tags delegate;
    private final Rights rights;

    AuthorizedTags(RepositoryName repository, Tags delegate, Rights rights) {
        super(repository, rights.refusals().in(repository));
        this.repository = repository;
        this.delegate = delegate;
        this.rights = rights;
    }

    @Override
    public Listing<Tag, Tag> list() {
        return rights.mayPull(repository) ? delegate.list() : super.list();
    }

    @Override
    public Optional<Descriptor> resolve(Tag tag) {
        return rights.mayPull(repository) ? delegate.resolve(tag) : super.resolve(tag);
    }

    @Override
    public PutResult put(Tag tag, Digest target, TagCondition condition) {
        return rights.mayPush(repository) ? delegate.put(tag, target, condition) : super.put(tag, target, condition);
    }

    @Override
    public boolean delete(Tag tag) {
        return rights.mayDelete(repository) ? delegate.delete(tag) : super.delete(tag);
    }

    @Override
    public boolean delete(Tag tag, TagCondition condition) {
        return rights.mayDelete(repository) ? delegate.delete(tag, condition) : super.delete(tag, condition);
    }
}

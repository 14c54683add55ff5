package dev.berth.registry.compose;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Listing;
import dev.berth.registry.PutResult;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.Tags;
import java.util.Objects;
import java.util.Optional;

/**
 * Tags that forward every method to those of another registry: a base for wrappers.
 *
 * @since 0.1
 */
public abstract class ForwardingTags implements Tags {
    private final Tags delegate;

    /** Creates an object that forwards to the given tags. */
    protected ForwardingTags(Tags delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    /** Returns the tags behind these. */
    protected final Tags delegate() {
        return delegate;
    }

    @Override
    public Listing<Tag, Tag> list() {
        return delegate.list();
    }

    @Override
    public Optional<Descriptor> resolve(Tag tag) {
        return delegate.resolve(tag);
    }

    @Override
    public PutResult put(Tag tag, Digest target, TagCondition condition) {
        return delegate.put(tag, target, condition);
    }

    @Override
    public boolean delete(Tag tag) {
        return delegate.delete(tag);
    }

    @Override
    public boolean delete(Tag tag, TagCondition condition) {
        return delegate.delete(tag, condition);
    }
}

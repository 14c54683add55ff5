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

/** Tags that do what others do: a base for wrappers. */
public abstract class ForwardingTags implements Tags {
    private final Tags delegate;

    /** Forwards to these tags. */
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
}

package dev.berth.registry.compose;

import dev.berth.registry.Digest;
import dev.berth.registry.PutResult;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.Tags;
import dev.berth.registry.event.EventType;

/** The tags of an {@link Observed} registry. */
final class ObservedTags extends ForwardingTags {
    private final RepositoryName repository;
    private final EventPublisher publisher;

    ObservedTags(RepositoryName repository, Tags delegate, EventPublisher publisher) {
        super(delegate);
        this.repository = repository;
        this.publisher = publisher;
    }

    @Override
    public PutResult put(Tag tag, Digest target, TagCondition condition) {
        PutResult result = super.put(tag, target, condition);
        publisher.publish(
                EventType.TAG_SET,
                repository,
                event -> event.descriptor(result.descriptor()).tags(tag));
        return result;
    }

    @Override
    public boolean delete(Tag tag) {
        return deleted(tag, super.delete(tag));
    }

    @Override
    public boolean delete(Tag tag, TagCondition condition) {
        return deleted(tag, super.delete(tag, condition));
    }

    private boolean deleted(Tag tag, boolean deleted) {
        if (deleted) {
            publisher.publish(EventType.TAG_DELETED, repository, event -> event.tags(tag));
        }
        return deleted;
    }
}

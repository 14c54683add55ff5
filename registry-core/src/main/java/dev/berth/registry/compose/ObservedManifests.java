package dev.berth.registry.compose;

import dev.berth.registry.DeleteCondition;
import dev.berth.registry.DeleteResult;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Manifests;
import dev.berth.registry.PutOptions;
import dev.berth.registry.PutResult;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.event.EventType;
import java.util.List;

/** The manifests of an {@link Observed} registry. */
final class ObservedManifests extends ForwardingManifests {
    private final RepositoryName repository;
    private final EventPublisher publisher;

    ObservedManifests(RepositoryName repository, Manifests delegate, EventPublisher publisher) {
        super(delegate);
        this.repository = repository;
        this.publisher = publisher;
    }

    @Override
    public Manifest get(ManifestSelector selector) {
        Manifest manifest = super.get(selector);
        List<Tag> tags = selector instanceof Tag tag ? List.of(tag) : List.of();
        publisher.publish(
                EventType.MANIFEST_PULLED,
                repository,
                event -> event.descriptor(manifest.descriptor()).tags(tags));
        return manifest;
    }

    @Override
    public PutResult put(Manifest manifest, PutOptions options) {
        PutResult result;
        try {
            result = super.put(manifest, options);
        } catch (RegistryException e) {
            publishStored(e);
            throw e;
        }
        publishPushed(result);
        return result;
    }

    /** Publishes what a push stored before it failed. The caller learns of the failure of the push in any case. */
    private void publishStored(RegistryException failure) {
        try {
            failure.stored().ifPresent(this::publishPushed);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void publishPushed(PutResult result) {
        publisher.publish(
                EventType.MANIFEST_PUSHED,
                repository,
                event -> event.descriptor(result.descriptor()).tags(result.tags()));
    }

    @Override
    public DeleteResult delete(Digest digest) {
        DeleteResult result = super.delete(digest);
        if (result.deleted()) {
            publisher.publish(
                    EventType.MANIFEST_DELETED,
                    repository,
                    event -> event.digest(digest).tags(result.tags()));
        }
        return result;
    }

    @Override
    public boolean delete(Digest digest, DeleteCondition condition) {
        boolean deleted = super.delete(digest, condition);
        if (deleted) {
            publisher.publish(EventType.MANIFEST_DELETED, repository, event -> event.digest(digest));
        }
        return deleted;
    }
}

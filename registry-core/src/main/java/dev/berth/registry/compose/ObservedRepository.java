package dev.berth.registry.compose;

import dev.berth.registry.Blobs;
import dev.berth.registry.Manifests;
import dev.berth.registry.Repository;
import dev.berth.registry.Tags;

/** A repository of an {@link Observed} registry. */
final class ObservedRepository extends ForwardingRepository {
    private final EventPublisher publisher;

    ObservedRepository(Repository delegate, EventPublisher publisher) {
        super(delegate);
        this.publisher = publisher;
    }

    @Override
    public Manifests manifests() {
        return new ObservedManifests(name(), delegate().manifests(), publisher);
    }

    @Override
    public Tags tags() {
        return new ObservedTags(name(), delegate().tags(), publisher);
    }

    @Override
    public Blobs blobs() {
        return new ObservedBlobs(name(), delegate().blobs(), publisher);
    }
}

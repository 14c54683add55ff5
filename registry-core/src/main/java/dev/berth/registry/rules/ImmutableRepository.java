package dev.berth.registry.rules;

import dev.berth.registry.Manifests;
import dev.berth.registry.Repository;
import dev.berth.registry.Tags;
import dev.berth.registry.compose.ForwardingRepository;

/** A repository of an {@link Immutable} registry in which tags may be locked. */
final class ImmutableRepository extends ForwardingRepository {
    private final Locks locks;

    ImmutableRepository(Repository delegate, Locks locks) {
        super(delegate);
        this.locks = locks;
    }

    @Override
    public Manifests manifests() {
        return new ImmutableManifests(delegate(), locks);
    }

    @Override
    public Tags tags() {
        return new ImmutableTags(delegate().tags(), locks);
    }
}

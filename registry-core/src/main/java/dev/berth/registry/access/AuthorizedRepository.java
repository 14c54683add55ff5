package dev.berth.registry.access;

import dev.berth.registry.Blobs;
import dev.berth.registry.Manifests;
import dev.berth.registry.Repository;
import dev.berth.registry.Tags;
import dev.berth.registry.compose.DenyingRepository;

/** A repository as one caller sees it. */
final class AuthorizedRepository extends DenyingRepository {
    private final Repository delegate;
    private final Rights rights;

    AuthorizedRepository(Repository delegate, Rights rights) {
        super(delegate.name(), rights.refusals().in(delegate.name()));
        this.delegate = delegate;
        this.rights = rights;
    }

    @Override
    public Manifests manifests() {
        return new AuthorizedManifests(name(), delegate.manifests(), rights);
    }

    @Override
    public Tags tags() {
        return new AuthorizedTags(name(), delegate.tags(), rights);
    }

    @Override
    public Blobs blobs() {
        return new AuthorizedBlobs(name(), delegate.blobs(), rights);
    }
}

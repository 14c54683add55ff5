package dev.berth.registry.engine;

import dev.berth.registry.Blobs;
import dev.berth.registry.Manifests;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tags;

/** The view of one repository of a {@link StorageRegistry}. */
record StoredRepository(Engine engine, RepositoryName name) implements Repository {

    @Override
    public Manifests manifests() {
        return new StoredManifests(engine, name);
    }

    @Override
    public Tags tags() {
        return new StoredTags(engine, name);
    }

    @Override
    public Blobs blobs() {
        return new StoredBlobs(engine, name);
    }
}

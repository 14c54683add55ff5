package dev.berth.registry.client;

import dev.berth.registry.Blobs;
import dev.berth.registry.Manifests;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tags;

/** A view of a repository of a {@link RemoteRegistry}. */
record RemoteRepository(RemoteContext context, RepositoryName name) implements Repository {

    @Override
    public Manifests manifests() {
        return new RemoteManifests(context, name);
    }

    @Override
    public Tags tags() {
        return new RemoteTags(context, name);
    }

    @Override
    public Blobs blobs() {
        return new RemoteBlobs(context, name);
    }
}

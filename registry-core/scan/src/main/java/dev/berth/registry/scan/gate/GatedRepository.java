package dev.berth.registry.scan.gate;

import dev.berth.registry.Blobs;
import dev.berth.registry.Manifests;
import dev.berth.registry.Repository;
import dev.berth.registry.Tags;
import dev.berth.registry.compose.Denial;
import dev.berth.registry.compose.DenyingRepository;

/** A repository behind a gate. */
final class GatedRepository extends DenyingRepository {
    private final Repository repository;
    private final Judge judge;
    private final Denial denial;

    GatedRepository(Repository repository, Judge judge, Denial denial) {
        super(repository.name(), denial);
        this.repository = repository;
        this.judge = judge;
        this.denial = denial;
    }

    @Override
    public Manifests manifests() {
        return new GatedManifests(repository, judge, denial);
    }

    @Override
    public Tags tags() {
        return new GatedTags(repository, judge, denial);
    }

    /** Blobs are not judged: many images share them, and none is anything without its manifest. */
    @Override
    public Blobs blobs() {
        return repository.blobs();
    }
}

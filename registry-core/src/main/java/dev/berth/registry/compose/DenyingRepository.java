package dev.berth.registry.compose;

import dev.berth.registry.Blobs;
import dev.berth.registry.Manifests;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tags;
import java.util.Objects;

/**
 * A repository that returns its name and denies everything else: a base for wrappers that allow some operations.
 *
 * @since 0.1
 */
public class DenyingRepository implements Repository {
    private final RepositoryName name;
    private final Denial denial;

    /** Creates an object that denies everything. */
    public DenyingRepository(RepositoryName name, Denial denial) {
        this.name = Objects.requireNonNull(name, "name");
        this.denial = Objects.requireNonNull(denial, "denial");
    }

    @Override
    public final RepositoryName name() {
        return name;
    }

    @Override
    public Manifests manifests() {
        return new DenyingManifests(name, denial);
    }

    @Override
    public Tags tags() {
        return new DenyingTags(name, denial);
    }

    @Override
    public Blobs blobs() {
        return new DenyingBlobs(name, denial);
    }
}

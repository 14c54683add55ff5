package dev.berth.registry.compose;

import dev.berth.registry.DeleteCondition;
import dev.berth.registry.DeleteResult;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Listing;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Manifests;
import dev.berth.registry.PutOptions;
import dev.berth.registry.PutResult;
import dev.berth.registry.ReferrerFilter;
import dev.berth.registry.RepositoryName;
import java.util.Objects;
import java.util.Optional;

/**
 * Manifests of which every method fails with a {@link Denial}: a base for wrappers that allow some.
 *
 * @since 0.1
 */
public class DenyingManifests implements Manifests {
    private final RepositoryName repository;
    private final Denial denial;

    /** Creates an object that denies everything. */
    public DenyingManifests(RepositoryName repository, Denial denial) {
        this.repository = Objects.requireNonNull(repository, "repository");
        this.denial = Objects.requireNonNull(denial, "denial");
    }

    @Override
    public Optional<Descriptor> find(ManifestSelector selector) {
        throw denial.of("look up the manifest " + selector + " in " + repository);
    }

    @Override
    public Manifest get(ManifestSelector selector) {
        throw denial.of("pull the manifest " + selector + " from " + repository);
    }

    @Override
    public PutResult put(Manifest manifest, PutOptions options) {
        throw denial.of("push the manifest " + manifest.digest() + " to " + repository);
    }

    @Override
    public DeleteResult delete(Digest digest) {
        throw denial.of("delete the manifest " + digest + " from " + repository);
    }

    @Override
    public boolean delete(Digest digest, DeleteCondition condition) {
        throw denial.of("delete the manifest " + digest + " from " + repository);
    }

    @Override
    public Listing<Descriptor, Digest> referrers(Digest subject, ReferrerFilter filter) {
        return Listing.of((after, wanted) -> {
            throw denial.of("list the referrers of " + subject + " in " + repository);
        });
    }
}

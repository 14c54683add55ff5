package dev.berth.registry.access;

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
import dev.berth.registry.compose.DenyingManifests;
import java.util.Optional;

/** The manifests of a repository as one caller sees them. */
final class AuthorizedManifests extends DenyingManifests {
    private final RepositoryName repository;
    private final Manifests delegate;
    private final Rights rights;

    AuthorizedManifests(RepositoryName repository, Manifests delegate, Rights rights) {
        super(repository, rights.refusals().in(repository));
        this.repository = repository;
        this.delegate = delegate;
        this.rights = rights;
    }

    @Override
    public Optional<Descriptor> find(ManifestSelector selector) {
        return rights.mayPull(repository) ? delegate.find(selector) : super.find(selector);
    }

    @Override
    public Manifest get(ManifestSelector selector) {
        return rights.mayPull(repository) ? delegate.get(selector) : super.get(selector);
    }

    @Override
    public PutResult put(Manifest manifest, PutOptions options) {
        return rights.mayPush(repository) ? delegate.put(manifest, options) : super.put(manifest, options);
    }

    @Override
    public DeleteResult delete(Digest digest) {
        return rights.mayDelete(repository) ? delegate.delete(digest) : super.delete(digest);
    }

    @Override
    public boolean delete(Digest digest, DeleteCondition condition) {
        return rights.mayDelete(repository) ? delegate.delete(digest, condition) : super.delete(digest, condition);
    }

    @Override
    public Listing<Descriptor, Digest> referrers(Digest subject, ReferrerFilter filter) {
        return rights.mayPull(repository) ? delegate.referrers(subject, filter) : super.referrers(subject, filter);
    }
}

package dev.berth.registry.quota;

import dev.berth.registry.DeleteCondition;
import dev.berth.registry.DeleteResult;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Manifests;
import dev.berth.registry.PutOptions;
import dev.berth.registry.PutResult;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.compose.ForwardingManifests;

/** The manifests of a repository with a quota. */
final class QuotaManifests extends ForwardingManifests {
    private final RepositoryName repository;
    private final Quotas quotas;

    QuotaManifests(Manifests manifests, RepositoryName repository, Quotas quotas) {
        super(manifests);
        this.repository = repository;
        this.quotas = quotas;
    }

    @Override
    public PutResult put(Manifest manifest, PutOptions options) {
        try (Operation operation = quotas.begin(repository, false)) {
            if (quotas.limitsRepositories(repository) && !quotas.hasManifest(repository)) {
                // Another push may have created it meanwhile.
                quotas.reserve(operation.reservation(), new Amount(0, 1), () -> quotas.hasManifest(repository));
            }
            quotas.reserve(
                    operation.reservation(),
                    new Amount(manifest.size(), 0),
                    () -> delegate().find(manifest.digest()).isPresent());
            Item item = Item.manifest(manifest.digest());
            operation.touch(item);
            try {
                PutResult result = delegate().put(manifest, options);
                operation.shown(item, manifest.size());
                return result;
            } catch (RegistryException e) {
                operation.failed(e);
                throw e;
            }
        }
    }

    @Override
    public DeleteResult delete(Digest digest) {
        try (Operation operation = quotas.begin(repository, true)) {
            operation.touch(Item.manifest(digest));
            return delegate().delete(digest);
        }
    }

    @Override
    public boolean delete(Digest digest, DeleteCondition condition) {
        try (Operation operation = quotas.begin(repository, true)) {
            operation.touch(Item.manifest(digest));
            return delegate().delete(digest, condition);
        }
    }
}

package dev.berth.registry.quota;

import dev.berth.registry.Blobs;
import dev.berth.registry.Manifests;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.compose.ForwardingRegistry;
import dev.berth.registry.compose.ForwardingRepository;

/** A registry that keeps to quotas. A repository without one is that of the registry behind. */
final class QuotaRegistry extends ForwardingRegistry {
    private final Quotas quotas;

    QuotaRegistry(Registry registry, Quotas quotas) {
        super(registry);
        this.quotas = quotas;
    }

    @Override
    public Repository repository(RepositoryName name) {
        Repository repository = delegate().repository(name);
        return quotas.covers(name) ? new Limited(repository, quotas) : repository;
    }

    private static final class Limited extends ForwardingRepository {
        private final Quotas quotas;

        Limited(Repository repository, Quotas quotas) {
            super(repository);
            this.quotas = quotas;
        }

        @Override
        public Manifests manifests() {
            return new QuotaManifests(delegate().manifests(), name(), quotas);
        }

        @Override
        public Blobs blobs() {
            return new QuotaBlobs(delegate().blobs(), name(), quotas);
        }
    }
}

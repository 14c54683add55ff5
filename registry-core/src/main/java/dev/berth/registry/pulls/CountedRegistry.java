package dev.berth.registry.pulls;

import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Manifests;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.compose.ForwardingManifests;
import dev.berth.registry.compose.ForwardingRegistry;
import dev.berth.registry.compose.ForwardingRepository;
import java.util.Optional;

/** A registry whose pulls are counted. */
final class CountedRegistry extends ForwardingRegistry {
    private final PullStatistics statistics;

    CountedRegistry(Registry delegate, PullStatistics statistics) {
        super(delegate);
        this.statistics = statistics;
    }

    @Override
    public Repository repository(RepositoryName name) {
        return new CountedRepository(delegate().repository(name), statistics);
    }

    private static final class CountedRepository extends ForwardingRepository {
        private final PullStatistics statistics;

        CountedRepository(Repository delegate, PullStatistics statistics) {
            super(delegate);
            this.statistics = statistics;
        }

        @Override
        public Manifests manifests() {
            return new CountedManifests(name(), super.manifests(), statistics);
        }
    }

    private static final class CountedManifests extends ForwardingManifests {
        private final RepositoryName repository;
        private final PullStatistics statistics;

        CountedManifests(RepositoryName repository, Manifests delegate, PullStatistics statistics) {
            super(delegate);
            this.repository = repository;
            this.statistics = statistics;
        }

        @Override
        public Manifest get(ManifestSelector selector) {
            Manifest manifest = super.get(selector);
            Optional<Tag> tag = selector instanceof Tag name ? Optional.of(name) : Optional.empty();
            statistics.pulled(repository, manifest.digest(), tag);
            return manifest;
        }
    }
}

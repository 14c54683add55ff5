package dev.berth.registry.copy;

import dev.berth.registry.Blobs;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.compose.ForwardingBlobs;
import dev.berth.registry.compose.ForwardingRegistry;
import dev.berth.registry.compose.ForwardingRepository;
import java.util.Optional;

/** A registry in which one blob is shorter than it should be. */
final class CutRegistry extends ForwardingRegistry {
    private final Digest victim;

    CutRegistry(Registry delegate, Digest victim) {
        super(delegate);
        this.victim = victim;
    }

    @Override
    public Repository repository(RepositoryName name) {
        return new ForwardingRepository(super.repository(name)) {
            @Override
            public Blobs blobs() {
                return new ForwardingBlobs(super.blobs()) {
                    @Override
                    public Optional<Descriptor> find(Digest digest) {
                        return super.find(digest)
                                .map(found -> digest.equals(victim)
                                        ? Descriptor.of(found.mediaType(), digest, found.size() - 1)
                                        : found);
                    }
                };
            }
        };
    }
}

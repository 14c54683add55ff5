package dev.berth.registry.rules;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StorageRegistry;
import java.time.Instant;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;

/** The facts of a registry that keeps its content in a store. */
record StoredFacts(StorageRegistry registry) implements RepositoryFacts {
    StoredFacts {
        Objects.requireNonNull(registry, "registry");
    }

    @Override
    public Optional<SetTag> tag(RepositoryName repository, Tag tag) {
        return registry.repository(repository)
                .tag(tag)
                .map(found -> new SetTag(found.target(), Optional.of(found.setAt())));
    }

    @Override
    public Iterator<Tag> tagsOf(RepositoryName repository, Digest manifest) {
        return registry.repository(repository).tagsOf(manifest);
    }

    @Override
    public boolean knowsManifests() {
        return true;
    }

    @Override
    public Iterator<Digest> indexesOf(RepositoryName repository, Digest manifest) {
        return registry.repository(repository).indexesOf(manifest);
    }

    @Override
    public Iterator<Digest> manifests(RepositoryName repository) {
        return registry.repository(repository).linkedManifests();
    }

    @Override
    public Optional<Instant> pushedAt(RepositoryName repository, Digest manifest) {
        return registry.repository(repository).pushedAt(manifest);
    }
}

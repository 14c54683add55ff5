package dev.berth.registry.rules;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ImageConfig;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.ManifestReference;
import dev.berth.registry.manifest.ManifestReference.Role;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be told of any registry. */
record ScannedFacts(Registry registry) implements RepositoryFacts {
    private static final Logger LOG = LoggerFactory.getLogger(ScannedFacts.class);

    ScannedFacts {
        Objects.requireNonNull(registry, "registry");
    }

    @Override
    public Optional<SetTag> tag(RepositoryName name, Tag tag) {
        Repository repository = registry.repository(name);
        return repository
                .tags()
                .resolve(tag)
                .map(manifest -> new SetTag(manifest.digest(), created(repository, manifest.digest(), true)));
    }

    private static Optional<Instant> created(Repository repository, Digest digest, boolean indexes) {
        try {
            Manifest manifest = repository.manifests().get(digest);
            for (ManifestReference reference :
                    ManifestDocument.outline(manifest).references()) {
                if (reference.role() == Role.CONFIG) {
                    return ImageConfig.read(repository, reference.descriptor()).created();
                }
                if (reference.role() == Role.MANIFEST && indexes) {
                    return created(repository, reference.digest(), false);
                }
            }
            return Optional.empty();
        } catch (RegistryException | IllegalArgumentException e) {
            LOG.debug("When {}@{} was created is not known", repository.name(), digest, e);
            return Optional.empty();
        }
    }

    @Override
    public Iterator<Tag> tagsOf(RepositoryName name, Digest manifest) {
        Repository repository = registry.repository(name);
        return repository
                .tags()
                .list()
                .filter(tag ->
                        repository.tags().resolve(tag).map(Descriptor::digest).equals(Optional.of(manifest)))
                .iterator();
    }

    @Override
    public boolean knowsManifests() {
        return false;
    }

    @Override
    public Iterator<Digest> indexesOf(RepositoryName repository, Digest manifest) {
        return Collections.emptyIterator();
    }

    @Override
    public Iterator<Digest> manifests(RepositoryName repository) {
        return Collections.emptyIterator();
    }

    @Override
    public Optional<Instant> pushedAt(RepositoryName repository, Digest manifest) {
        return Optional.empty();
    }
}

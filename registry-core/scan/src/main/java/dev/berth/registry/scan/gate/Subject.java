package dev.berth.registry.scan.gate;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import org.jspecify.annotations.Nullable;

/** A manifest that is judged, in the repository behind the gate. Its content is read if it is needed. For one thread. */
final class Subject {
    private final Repository repository;
    private final Descriptor descriptor;

    private @Nullable Manifest manifest;

    private Subject(Repository repository, Descriptor descriptor, @Nullable Manifest manifest) {
        this.repository = repository;
        this.descriptor = descriptor;
        this.manifest = manifest;
    }

    static Subject of(Repository repository, Manifest manifest) {
        return new Subject(repository, manifest.descriptor(), manifest);
    }

    static Subject of(Repository repository, Descriptor descriptor) {
        return new Subject(repository, descriptor, null);
    }

    Repository repository() {
        return repository;
    }

    RepositoryName name() {
        return repository.name();
    }

    Descriptor descriptor() {
        return descriptor;
    }

    Digest digest() {
        return descriptor.digest();
    }

    Manifest manifest() {
        if (manifest == null) {
            manifest = repository.manifests().get(digest());
        }
        return manifest;
    }
}

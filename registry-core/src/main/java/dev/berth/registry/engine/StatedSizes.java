package dev.berth.registry.engine;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.budget.MemoryBudget;
import dev.berth.registry.internal.cache.WeighedCache;
import dev.berth.registry.internal.store.Revisions;
import dev.berth.registry.manifest.ManifestReference;

/**
 * The sizes that manifests of a repository state of its content, as far as this process has seen these manifests lately. So
 * a pull notices data that a crash or an operator has cut, without asking the store for anything. A manifest may be wrong:
 * whether data is damaged that is smaller, {@link DamageCheck} tells. Thread-safe.
 */
final class StatedSizes {
    private static final long MOST_BYTES = 2 * 1024 * 1024;

    /** What an entry takes, beside its texts. */
    private static final int ENTRY_BYTES = 150;

    /** A larger manifest is not read for this. */
    private static final int LARGEST_MANIFEST = 64 * 1024;

    private final WeighedCache<Content, Long> sizes =
            new WeighedCache<>(Math.min(MOST_BYTES, MemoryBudget.shareOfHeap(128)));

    private record Content(RepositoryName repository, Digest digest) {}

    /** Notes what a manifest states that was pushed or read. */
    void learn(RepositoryName repository, Manifest manifest) {
        if (manifest.size() > LARGEST_MANIFEST || sizes.get(new Content(repository, manifest.digest())) != null) {
            return;
        }
        add(repository, manifest.digest(), manifest.size());
        Revisions.understand(manifest)
                .ifPresent(document -> document.references().stream()
                        .filter(ManifestReference::isContent)
                        .map(ManifestReference::descriptor)
                        .forEach(content -> add(repository, content)));
    }

    private void add(RepositoryName repository, Descriptor content) {
        add(repository, content.digest(), content.size());
    }

    private void add(RepositoryName repository, Digest digest, long size) {
        long texts = repository.value().length() + (long) digest.hex().length();
        sizes.put(new Content(repository, digest), size, ENTRY_BYTES + texts);
    }

    /** Returns whether this process has seen a manifest of the repository lately that names the content. */
    boolean has(RepositoryName repository, Digest digest) {
        return sizes.get(new Content(repository, digest)) != null;
    }

    /** Returns whether a manifest of the repository states that the content is larger than this. */
    boolean exceed(RepositoryName repository, Digest digest, long size) {
        Long stated = sizes.get(new Content(repository, digest));
        return stated != null && stated > size;
    }
}

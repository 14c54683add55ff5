package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.ManifestReference;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes the entries of the index that lead a collection to what is needed. {@link CollectionIndex} reads them. Requests never
 * remove them. Thread-safe.
 */
public final class CollectionEntries {
    private final ObjectStore store;
    private final Links links;
    private final Revisions revisions;
    private final Index index;

    CollectionEntries(ObjectStore store, Links links, Revisions revisions, Index index) {
        this.store = store;
        this.links = links;
        this.revisions = revisions;
        this.index = index;
    }

    /**
     * Returns the entries by which a collection sees what a manifest needs, and the manifest itself. Only a collection removes
     * them, while it removes what the repository has of the manifest: a deletion that did so might be delayed between
     * removing them and looking whether the manifest is back, and hide what the manifest needs meanwhile.
     *
     * @param targets by the digest that the manifest names, the digest of the data, where it is another one
     */
    public static Set<ObjectKey> of(
            RepositoryName repository, Digest manifest, ManifestDocument document, Map<Digest, Digest> targets) {
        Set<ObjectKey> entries = new LinkedHashSet<>();
        entries.add(Keys.manifestEntry(manifest, repository));
        for (ManifestReference reference : document.references()) {
            Digest content = reference.digest();
            if (reference.isContent()) {
                entries.add(Keys.referenceEntry(content, repository, manifest));
                Digest data = targets.getOrDefault(content, content);
                if (!data.equals(content)) {
                    entries.add(Keys.referenceEntry(data, repository, manifest));
                    entries.add(Keys.aliasEntry(data, content));
                }
            }
        }
        return entries;
    }

    /** Writes the entries of a blob that the layout has. */
    void writeLayer(RepositoryName repository, Digest digest) throws IOException {
        Set<ObjectKey> entries = new LinkedHashSet<>();
        entries.add(Keys.holderEntry(digest, repository));
        links.target(Keys.layerLink(repository, digest))
                .filter(data -> !data.equals(digest))
                .ifPresent(data -> entries.add(Keys.aliasEntry(data, digest)));
        index.ensure(entries);
    }

    /**
     * Writes the entries for collection of a manifest that a repository has, or can restore, and whether it is broken: what it
     * needs is not known, since its data is missing, damaged or not understood.
     *
     * @return whether it is broken
     */
    public boolean writeManifest(RepositoryName repository, Digest manifest) throws IOException {
        Optional<Digest> linked = links.target(Keys.revisionLink(repository, manifest));
        Digest data = linked.orElse(manifest);
        Optional<ManifestDocument> document = linked.isPresent()
                ? revisions.understood(repository, manifest)
                : revisions.readDocument(repository, manifest);
        Set<ObjectKey> entries = new LinkedHashSet<>();
        entries.add(Keys.manifestEntry(data, repository));
        if (!data.equals(manifest)) {
            entries.add(Keys.aliasEntry(data, manifest));
        }
        if (document.isPresent()) {
            entries.addAll(
                    of(repository, manifest, document.get(), targets(repository, document.get())));
        }
        index.ensure(entries);
        ObjectKey broken = Keys.brokenEntry(repository, manifest);
        if (document.isEmpty()) {
            index.add(Set.of(broken));
        } else if (store.stat(broken).isPresent()) {
            store.delete(broken);
        }
        return document.isEmpty();
    }

    /** Returns where the links of references lead that lead elsewhere: registry:2 stores what is pushed with a sha512 so. */
    private Map<Digest, Digest> targets(RepositoryName repository, ManifestDocument document) throws IOException {
        Map<Digest, Digest> targets = new HashMap<>();
        for (ManifestReference reference : document.references()) {
            if (reference.isContent()) {
                Digest data = links.dataOf(repository, reference.digest());
                if (!data.equals(reference.digest())) {
                    targets.put(reference.digest(), data);
                }
            }
        }
        return targets;
    }
}

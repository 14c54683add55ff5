package dev.berth.registry.maintenance;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.Index;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.Mark;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.ManifestReference;
import dev.berth.registry.storage.ObjectKey;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What a manifest needs, by its data, whether a repository has it or not. */
final class ManifestEntries {
    /** In so many repositories the media type is looked up, which is the same in nearly all. */
    private static final int MOST_TYPES = 5;

    private final Pass pass;
    private final Digest manifest;
    private final Set<Digest> parts;

    /** The manifest, if it refers to a subject. */
    private final Optional<ManifestDocument> referrer;

    private ManifestEntries(Pass pass, Digest manifest, Set<Digest> parts, Optional<ManifestDocument> referrer) {
        this.pass = pass;
        this.manifest = manifest;
        this.parts = parts;
        this.referrer = referrer;
    }

    /**
     * Reads data, if it is, or was, that of a manifest.
     *
     * @param repositories those that have, or had, it as a manifest: they say of which media type
     */
    static ManifestEntries of(Pass pass, Digest data, Set<RepositoryName> repositories) throws IOException {
        // One that was never linked may have no entry; whatever it would have needed has a candidate of its own.
        boolean manifest = pass.index.manifests(data).hasNext();
        Set<Digest> parts = new LinkedHashSet<>();
        Optional<ManifestDocument> referrer = Optional.empty();
        int left = manifest ? MOST_TYPES : 0;
        for (RepositoryName repository : repositories) {
            if (left-- <= 0) {
                break;
            }
            Optional<ManifestDocument> document = pass.contents.revisions().readDocument(repository, data);
            document.ifPresent(found -> found.references().stream()
                    .filter(ManifestReference::isContent)
                    .forEach(reference -> parts.add(reference.digest())));
            referrer = referrer.isPresent()
                    ? referrer
                    : document.filter(found -> found.subject().isPresent());
        }
        return new ManifestEntries(pass, data, parts, referrer);
    }

    /** Returns the digests of what the manifest needs, as it names them. */
    Set<Digest> parts() {
        return parts;
    }

    /**
     * Notes the parts as candidates that are not condemned with the manifest: it may have been deleted after it was looked at whether
     * the repository has it, and before it was condemned. Its entries, which are removed next, are the last that lead to them.
     *
     * @param mark that of the manifest
     */
    void noteParts(Mark mark) throws IOException {
        Iterator<RepositoryName> repositories = mark.data()
                ? pass.index.manifests(manifest)
                : mark.repositories().iterator();
        while (!parts.isEmpty() && repositories.hasNext()) {
            RepositoryName repository = repositories.next();
            for (Digest part : parts) {
                Digest data = pass.contents.links().dataOf(repository, part);
                if (!isCondemned(repository, data)
                        && isLeft(repository, part, data)
                        && !pass.look.needs(repository, data, pass.look.names(data))) {
                    pass.noteAgain(part, repository);
                }
            }
        }
    }

    private boolean isCondemned(RepositoryName repository, Digest data) throws IOException {
        return pass.marks
                .read(data)
                .filter(found -> found.mark().repositories().contains(repository))
                .isPresent();
    }

    private boolean isLeft(RepositoryName repository, Digest part, Digest data) throws IOException {
        return pass.look.exists(Keys.layerLink(repository, part)) || pass.look.exists(Keys.data(data));
    }

    /** Removes the entries that say that the manifest in a repository needs its parts, and those by which it is listed. */
    void remove(BoundedDeletion deletion, RepositoryName repository) throws IOException {
        for (Digest part : parts) {
            deletion.delete(Keys.referenceEntry(part, repository, manifest));
            Digest data = pass.contents.links().dataOf(repository, part);
            if (!data.equals(part)) {
                deletion.delete(Keys.referenceEntry(data, repository, manifest));
            }
        }
        // A deletion has removed these, unless it took so long that the data was gone by then.
        if (referrer.isPresent()) {
            for (ObjectKey entry : Index.formerEntriesOf(repository, manifest, referrer.get())) {
                deletion.delete(entry);
            }
        }
    }
}

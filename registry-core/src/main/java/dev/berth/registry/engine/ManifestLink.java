package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.store.BlobData;
import dev.berth.registry.internal.store.Index;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.LinkedRead;
import dev.berth.registry.internal.store.ReferrerIndex;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.Prefetch;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Makes a manifest visible in a repository, except for its tags. For one push, and one thread. */
final class ManifestLink implements AutoCloseable {
    private final Engine engine;
    private final RepositoryName repository;
    private final Manifest manifest;
    private final ManifestDocument document;
    private final Digest digest;
    private final RequiredContent required;

    // What is read at the beginning, at the same time where the store gains by that.
    private final Prefetch<Optional<LinkedRead.Found<Long>>> linked;
    private final Prefetch<Set<Tag>> named;
    private final Prefetch<Boolean> held;

    /** Begins to read. */
    ManifestLink(Engine engine, RepositoryName repository, Manifest manifest, ManifestDocument document) {
        this.engine = engine;
        this.repository = repository;
        this.manifest = manifest;
        this.document = document;
        this.digest = manifest.digest();
        this.required = new RequiredContent(engine, repository);
        this.linked = engine.linked.begin(Keys.revisionLink(repository, digest), digest, engine.data::size);
        this.named = engine.store.prefetch(() -> engine.index.tagsThatName(repository, digest), tags -> {});
        this.held = engine.store.prefetch(() -> engine.data.holds(digest, manifest.bytes()), found -> {});
    }

    /** What was written, and has to be checked afterwards. */
    record Written(Set<ObjectKey> entries, boolean broughtTagsBack) {}

    /**
     * Writes everything that stands behind the link of the manifest in one batch, and then the link. Every subset of the batch
     * is harmless: data without a link is for collection; an index entry without a link is a ghost, which goes when it is next
     * looked at; a media type is read with its link only, and says of a manifest that is linked already what its bytes are
     * pushed as now. The link comes after all of them, since nothing that is visible may be missing in the index.
     *
     * @param tags those that will name the manifest in any case, so that their entries can be in the batch
     */
    Written write(Collection<Tag> tags) throws IOException {
        required.check(document);
        boolean linkedBefore = linked.get().isPresent();
        Set<Tag> back = linkedBefore ? Set.of() : named.get();
        Set<ObjectKey> entries = new LinkedHashSet<>(Index.entriesOf(repository, digest, document));
        entries.add(Keys.catalogueEntry(repository));
        back.forEach(tag -> entries.addAll(Index.entriesOf(repository, tag, digest)));
        try {
            writeBehindLink(entries, tags);
            engine.revisions.link(repository, digest);
            requireAgain(linkedBefore);
        } catch (IOException e) {
            tags.forEach(tag -> engine.index.withdraw(repository, tag, e));
            engine.index.withdraw(repository, e);
            throw e;
        }
        return new Written(entries, !back.isEmpty());
    }

    private void writeBehindLink(Set<ObjectKey> entries, Collection<Tag> tags) throws IOException {
        ObjectBatch.Builder batch = ObjectBatch.builder();
        Set<ObjectKey> marks = new LinkedHashSet<>(entries);
        tags.forEach(tag -> marks.addAll(Index.entriesOf(repository, tag, digest)));
        boolean stored = held.get();
        if (!stored) {
            BlobData.add(batch, digest, manifest.bytes());
        }
        engine.revisions.addMediaType(batch, repository, manifest, document);
        document.subject().ifPresent(subject -> {
            var descriptor = Referrers.descriptor(manifest, document);
            ReferrerIndex.add(batch, repository, subject.digest(), descriptor);
            marks.remove(ReferrerIndex.key(repository, subject.digest(), descriptor));
        });
        engine.store.apply(batch.mark(marks).build());
        if (!stored) {
            engine.data.stored(digest, manifest.size());
        }
    }

    /**
     * Checks the references again, which a collection that runs may have condemned before it could see the link. While none
     * runs, there is nothing to find: that a blob is deleted by a request is as if it came after this push.
     */
    private void requireAgain(boolean linkedBefore) throws IOException {
        if (!engine.data.collectionRuns()) {
            return;
        }
        try {
            required.check(document);
        } catch (RegistryException e) {
            if (!linkedBefore) {
                new ManifestDelete(engine, repository).withdraw(digest);
            }
            throw e;
        }
    }

    /**
     * Checks after the link and the tags are written, all at the same time. Index entries that are gone are written again: a
     * deletion has been in progress.
     *
     * @param tags the tags that have been set
     * @return whether the repository has the manifest
     */
    boolean confirm(Written written, Collection<Tag> tags) throws IOException {
        Set<ObjectKey> entries = new LinkedHashSet<>(written.entries());
        tags.forEach(tag -> entries.addAll(Index.entriesOf(repository, tag, digest)));
        try (Prefetch<Optional<LinkedRead.Found<Long>>> still =
                engine.linked.begin(Keys.revisionLink(repository, digest), digest, engine.data::size)) {
            if (engine.index.ensure(entries) || written.broughtTagsBack()) {
                // The deletion of the manifest or such a tag may have ended before the entries were written.
                engine.journal.append(repository, digest);
                engine.repairs.repairManifest(repository, digest);
                for (Tag tag : tags) {
                    engine.index.repairTagged(repository, digest, tag);
                }
            }
            return still.get().isPresent();
        }
    }

    @Override
    public void close() {
        linked.close();
        named.close();
        held.close();
    }
}

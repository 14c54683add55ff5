package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.store.BlobData;
import dev.berth.registry.internal.store.CollectionEntries;
import dev.berth.registry.internal.store.Holds;
import dev.berth.registry.internal.store.Index;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.LinkedRead;
import dev.berth.registry.internal.store.Marks;
import dev.berth.registry.internal.store.Prefetches;
import dev.berth.registry.internal.store.ReferrerIndex;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.Prefetch;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
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

    /** Before the first mark is read, that of the manifest or of anything that it needs. */
    private final long asked;

    // What is read at the beginning, at the same time where the store gains by that.
    private final Prefetch<Marks.Reading> mark;
    private final Prefetch<Optional<LinkedRead.Found<Long>>> linked;
    private final Prefetch<Boolean> named;
    private final Prefetch<Boolean> held;

    /** Begins to read. */
    ManifestLink(Engine engine, RepositoryName repository, Manifest manifest, ManifestDocument document) {
        this.engine = engine;
        this.repository = repository;
        this.manifest = manifest;
        this.document = document;
        this.digest = manifest.digest();
        this.required = new RequiredContent(engine, repository);
        this.asked = engine.marks.now();
        this.mark = engine.marks.begin(digest);
        this.linked = engine.linked.begin(Keys.revisionLink(repository, digest), digest, engine.data::size);
        this.named = engine.store.prefetch(
                () -> engine.index.tagsOf(repository, digest).hasNext(), found -> {});
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
        Map<Digest, Digest> targets = required.check(document);
        // Before whether its data is there: a collection may be removing it.
        boolean unmarked = mark.get().never();
        if (!unmarked) {
            engine.marks.awaitKept(digest, repository);
        }
        boolean linkedBefore = linked.get().isPresent();
        // A manifest that is there may have any number of tags, at which a push of it with one more does not look.
        Set<Tag> back = linkedBefore || !named.get() ? Set.of() : engine.index.tagsThatName(repository, digest);
        Set<ObjectKey> entries = new LinkedHashSet<>(Index.entriesOf(repository, digest, document));
        entries.add(Keys.catalogueEntry(repository));
        back.forEach(tag -> entries.addAll(Index.entriesOf(repository, tag, digest)));
        Set<ObjectKey> forCollection = CollectionEntries.of(repository, digest, document, targets);
        try {
            Set<ObjectKey> all = new LinkedHashSet<>(entries);
            all.addAll(forCollection);
            tags.forEach(tag -> all.addAll(Index.entriesOf(repository, tag, digest)));
            writeBehindLink(all, unmarked && held.get());
            boolean linked = engine.marks.trusted(asked);
            if (linked) {
                engine.revisions.link(repository, digest);
            }
            if (!linked || !engine.marks.trusted(asked)) {
                linkHolding(all, linked);
            }
        } catch (RegistryException e) {
            withdraw(tags, new IOException(e));
            throw e;
        } catch (IOException e) {
            withdraw(tags, e);
            throw e;
        }
        return new Written(entries, !back.isEmpty());
    }

    private void writeBehindLink(Set<ObjectKey> entries, boolean stored) throws IOException {
        ObjectBatch.Builder batch = ObjectBatch.builder();
        Set<ObjectKey> marks = new LinkedHashSet<>(entries);
        engine.candidates.add(batch, digest, repository);
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

    private void withdraw(Collection<Tag> tags, IOException reason) {
        tags.forEach(tag -> engine.index.withdraw(repository, tag, digest, reason));
        engine.index.withdraw(repository, reason);
    }

    /**
     * Checks again what the manifest needs, and what was written of it, and links it, when the marks that were read are too old to
     * be trusted: a collection may have removed something since, and with the data of the manifest its entries. What refers to
     * its parts counts for collections while the manifest is held.
     *
     * @param entries all that were written
     * @param linked whether the manifest was linked, too late. The link stays if something has gone: another push of the same manifest may
     *     have been acknowledged meanwhile
     */
    private void linkHolding(Set<ObjectKey> entries, boolean linked) throws IOException {
        boolean linkedNow = linked;
        // A collection may have looked at the candidate before there was anything.
        engine.candidates.note(digest, repository);
        try (Holds.Hold hold = engine.holds.take(digest, repository)) {
            // Behind the hold, so that what is checked now has a reference that counts.
            engine.marks.awaitKept(digest, repository);
            engine.index.ensure(entries);
            required.check(document);
            if (!engine.data.holds(digest, manifest.bytes())) {
                writeBehindLink(entries, false);
            }
            engine.revisions.link(repository, digest);
            linkedNow = true;
            // What was condemned meanwhile gets a new grace period, which begins now for the client.
            engine.marks.awaitKept(digest, repository);
            hold.require();
        } catch (RegistryException e) {
            if (!linkedNow) {
                throw e;
            }
            // Nothing that is visible may be missing in the index.
            engine.index.ensure(entries);
            throw tooSlow(e);
        }
    }

    /** Whether the manifest is there is not certain, as after any failure of the storage. */
    private RegistryException tooSlow(RegistryException cause) {
        return RegistryException.builder(
                        RegistryError.of(
                                ErrorCode.UNAVAILABLE,
                                "The storage took so long to link the manifest " + repository + "@" + digest
                                        + " that something which it needs may have been removed meanwhile; push the image again"))
                .cause(cause)
                .retryAfter(Duration.ofSeconds(5))
                .build();
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
                        engine.linked.begin(Keys.revisionLink(repository, digest), digest, engine.data::size);
                Prefetches<Digest, Boolean> parts =
                        Prefetches.begin(engine.store, required.manifests(), this::isEmptied)) {
            if (engine.index.ensure(entries) || written.broughtTagsBack()) {
                // The deletion of the manifest or such a tag may have ended before the entries were written.
                engine.journal.append(repository, digest);
                // If its data is gone, too, nobody else can tell what it was a referrer of.
                engine.repairs.repairManifest(repository, digest, document);
                for (Tag tag : tags) {
                    engine.index.repairTagged(repository, digest, tag);
                }
            }
            for (Digest part : required.manifests()) {
                if (parts.get(part)) {
                    bringBack(part);
                }
            }
            return still.get().isPresent();
        }
    }

    /** Returns whether a manifest was deleted since nothing needed it. */
    private boolean isEmptied(Digest part) throws IOException {
        return engine.links
                .read(Keys.revisionLink(repository, part))
                .filter(link -> link.target().isEmpty())
                .isPresent();
    }

    /**
     * Links a manifest again that this index lists, and that was deleted after it was found since nothing needed it: by a deletion that
     * could not see the link of the index. That a request deletes it is as if it came after this push.
     */
    private void bringBack(Digest part) throws IOException {
        engine.candidates.note(part, repository);
        new ManifestDelete(engine, repository).takeBack(part, required.target(part));
    }

    @Override
    public void close() {
        mark.close();
        linked.close();
        named.close();
        held.close();
    }
}

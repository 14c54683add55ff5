package dev.berth.registry.engine;

import dev.berth.registry.DeleteCondition;
import dev.berth.registry.DeleteResult;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.Links;
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.internal.trash.TrashWriter;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes a manifest: its tags, then its link, then its index entries. The data stays for a collection. Before anything is
 * deleted, it is put into the trash.
 *
 * <p>A request deletes a limited number of tags. If there are more, it fails, and says so; the manifest is still there
 * then, and so are the other tags, which the next request goes on with. The link cannot go first: until the last tag were
 * deleted, listings would show tags without a manifest, and a push of the same manifest would bring these tags back. Nor
 * could they be deleted after such a push, since a tag that it sets again is not different from one of before.
 */
final class ManifestDelete {
    private static final Logger LOG = LoggerFactory.getLogger(ManifestDelete.class);

    /** How many tags one request deletes. */
    static final int MOST_TAGS = 5_000;

    /** For how long one request deletes tags. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Engine engine;
    private final RepositoryName repository;

    ManifestDelete(Engine engine, RepositoryName repository) {
        this.engine = engine;
        this.repository = repository;
    }

    /**
     * Deletes a manifest that the repository has.
     *
     * @throws RegistryException with {@link ErrorCode#UNAVAILABLE} if it has too many tags for one request
     */
    DeleteResult delete(Digest digest) throws IOException {
        Instant until = engine.options.clock().instant().plus(LONGEST);
        return delete(
                digest,
                deleted -> deleted >= MOST_TAGS
                        // One at least, so that the requests come to an end.
                        || (deleted > 0 && engine.options.clock().instant().isAfter(until)));
    }

    /**
     * Deletes a manifest that nothing needs, and returns whether it did. What came to need it before the link was gone is
     * seen by the second look, since tags and links of indexes are written before they are acknowledged, and then the link
     * is written again; who comes later sees that the manifest is missing.
     *
     * <p>The link is not removed but emptied, and counts as missing. So a push of an index that had found the manifest before
     * can tell this deletion from one by a request, and takes it back. A collection removes the empty link, at a time at which
     * no such push is in progress any more.
     */
    boolean delete(Digest digest, DeleteCondition condition) throws IOException {
        Optional<Links.State> link = engine.links.read(Keys.revisionLink(repository, digest));
        if (link.isEmpty()) {
            return false;
        }
        boolean visible = engine.revisions.contains(repository, digest);
        Need need = need(digest, condition);
        if (need.exists()) {
            return false;
        }
        TrashWriter.Deletion unused = engine.trash.manifest(repository, digest);
        engine.journal.appendUnneeded(repository, digest, condition != DeleteCondition.UNTAGGED);
        boolean emptied = engine.candidates.noteAround(
                names(digest, link),
                Set.of(repository),
                () -> engine.store
                        .putForDeletion(
                                Keys.revisionLink(repository, digest),
                                new byte[0],
                                PutCondition.ifUnchanged(link.get().version()))
                        .isPresent());
        if (!emptied) {
            // It was pushed again.
            return false;
        }
        boolean needed = need.exists();
        if (needed) {
            takeBack(digest, link.get().target().orElse(digest));
        } else {
            engine.index.repairJournaledManifest(repository, digest);
        }
        for (Iterator<Tag> tagged = tagsOf(digest); tagged.hasNext(); ) {
            engine.index.repairTagged(repository, digest, tagged.next());
        }
        return visible && !needed;
    }

    /**
     * Makes the second look for a process that may have died before it, and takes its deletion back if a tag or an index had come to
     * need the manifest. Those would have been told that it is there.
     */
    void lookAgain(Digest digest, boolean unlisted) throws IOException {
        Optional<Links.State> link = engine.links.read(Keys.revisionLink(repository, digest));
        if (link.isEmpty()
                || link.get().target().isPresent()
                || engine.data.size(digest).isEmpty()) {
            return;
        }
        try {
            // Not as requests do: this may run before the first of them. Whoever has come meanwhile has written
            // entries.
            if (!engine.index.tagsThatName(repository, digest).isEmpty() || (unlisted && isListed(digest))) {
                takeBack(digest, digest);
            }
        } catch (RegistryException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            // The data is being removed, for example. Nothing else in the journal has to wait for that.
            LOG.warn("Whether {}@{} is needed again cannot be told", repository, digest, e);
        }
    }

    private boolean isListed(Digest digest) throws IOException {
        for (Iterator<Digest> all = engine.index.manifestsWith(repository, digest, Long.MAX_VALUE); all.hasNext(); ) {
            if (engine.revisions.isLinked(repository, all.next())) {
                return true;
            }
        }
        return false;
    }

    /** Whether anything needs a manifest. The index leads to what may; the links decide. */
    private record Need(
            Engine engine, RepositoryName name, Digest manifest, Optional<Digest> subject, DeleteCondition condition) {

        boolean exists() throws IOException {
            StoredRepository repository = new StoredRepository(engine, name);
            if (repository.tagsOf(manifest).hasNext()) {
                return true;
            }
            return condition != DeleteCondition.UNTAGGED
                    && (repository.indexesOf(manifest).hasNext()
                            || subject.isPresent() && engine.revisions.isLinked(name, subject.get()));
        }
    }

    /** Reads the subject of the manifest, which must be there still. Looks for nothing yet. */
    private Need need(Digest manifest, DeleteCondition condition) throws IOException {
        Optional<Digest> subject = condition != DeleteCondition.UNNEEDED
                ? Optional.empty()
                : engine.revisions
                        .understood(repository, manifest)
                        .flatMap(ManifestDocument::subject)
                        .map(Descriptor::digest)
                        .filter(digest -> !digest.equals(manifest));
        return new Need(engine, repository, manifest, subject, condition);
    }

    /**
     * Takes a deletion back that has just been made, and rescues what a collection has condemned in between. That must succeed
     * on a full disk, too.
     *
     * @param data the digest to which the link pointed
     */
    void takeBack(Digest manifest, Digest data) throws IOException {
        byte[] link = data.toString().getBytes(StandardCharsets.US_ASCII);
        // A collection that is removing what is left of the link would remove this one with it.
        long asked = engine.marks.awaitKept(data, repository);
        for (int attempt = 0; attempt == 0 || !engine.marks.trusted(asked) && attempt < Reliance.ATTEMPTS; attempt++) {
            asked = attempt == 0 ? asked : engine.marks.awaitKept(data, repository);
            engine.store.putForDeletion(Keys.revisionLink(repository, manifest), link, PutCondition.always());
        }
        engine.journal.append(repository, manifest);
        engine.index.repairJournaledManifest(repository, manifest);
        Optional<ManifestDocument> document = engine.revisions.understood(repository, manifest);
        if (document.isPresent()) {
            try {
                new RequiredContent(engine, repository).check(document.get());
            } catch (RegistryException e) {
                // As it was before: a manifest can be stored without all that it names.
                LOG.debug("The manifest {}@{} is linked again, without all that it names", repository, manifest, e);
            }
        }
    }

    private DeleteResult delete(Digest digest, IntPredicate enough) throws IOException {
        Optional<Links.State> link = engine.links.read(Keys.revisionLink(repository, digest));
        // What was deleted while a tag was set to it leaves the tag, which would come back with it.
        if (link.isEmpty()
                && !new StoredRepository(engine, repository).tagsOf(digest).hasNext()) {
            return new DeleteResult(false, List.of());
        }
        boolean visible = engine.revisions.contains(repository, digest);
        TrashWriter.Deletion trashed = engine.trash.manifest(repository, digest);
        engine.journal.append(repository, digest);
        List<Tag> tags = new ArrayList<>();
        for (Iterator<Tag> tagged = tagsOf(digest); tagged.hasNext(); ) {
            Tag tag = tagged.next();
            if (enough.test(tags.size())) {
                throw unfinished(digest, tags.size());
            }
            if (deleteTag(tag, digest, trashed, () -> true)) {
                tags.add(tag);
            }
        }
        // Before the link goes: a process that dies in between must not leave garbage that nothing tells of.
        engine.candidates.noteAround(names(digest, link), Set.of(repository), () -> {
            engine.revisions.unlink(repository, digest);
            return true;
        });
        engine.index.repairJournaledManifest(repository, digest);
        // Another request may have set a tag, or have hidden one for a moment, before the link was gone. It would come
        // back with it.
        for (Iterator<Tag> tagged = tagsOf(digest); tagged.hasNext(); ) {
            Tag tag = tagged.next();
            if (deleteTag(tag, digest, trashed, () -> !engine.revisions.contains(repository, digest))) {
                tags.add(tag);
            }
        }
        return new DeleteResult(visible, tags);
    }

    /** Returns the digest of the manifest, and that of its data. */
    private static Set<Digest> names(Digest digest, Optional<Links.State> link) {
        Set<Digest> names = new LinkedHashSet<>(List.of(digest));
        link.flatMap(Links.State::target).ifPresent(names::add);
        return names;
    }

    private RegistryException unfinished(Digest digest, int deleted) {
        String message = "The manifest " + repository + "@" + digest + " has more tags than one request deletes: "
                + deleted + " were deleted, and the manifest and its other tags are left; repeat the request to go on";
        return RegistryException.builder(RegistryError.of(ErrorCode.UNAVAILABLE, message))
                .retryAfter(Duration.ofSeconds(1))
                .build();
    }

    /**
     * Deletes a tag, if it names the manifest.
     *
     * @param condition asked between looking at the tag and deleting it, if it is as it was then
     */
    private boolean deleteTag(Tag tag, Digest digest, TrashWriter.Deletion trashed, StoreCalls.Call<Boolean> condition)
            throws IOException {
        Optional<Links.State> link = engine.links.read(Keys.tagLink(repository, tag));
        boolean deleted = false;
        if (link.flatMap(Links.State::target).equals(Optional.of(digest)) && condition.run()) {
            trashed.tag(tag);
            deleted = new TagWrite(engine, repository).deleteIfUnchanged(tag, digest, link.orElseThrow());
        }
        if (!deleted) {
            engine.index.repairTagged(repository, digest, tag);
        }
        return deleted;
    }

    private Iterator<Tag> tagsOf(Digest digest) throws IOException {
        return engine.indexState.complete() ? engine.index.tagsOf(repository, digest) : engine.layout.tags(repository);
    }
}

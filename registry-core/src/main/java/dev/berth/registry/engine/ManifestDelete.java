package dev.berth.registry.engine;

import dev.berth.registry.DeleteCondition;
import dev.berth.registry.DeleteResult;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.Links;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Deletes a manifest: its tags, then its link, then its index entries. The data stays for a collection.
 *
 * <p>A request deletes a limited number of tags. If there are more, it fails, and says so; the manifest is still there
 * then, and so are the other tags, which the next request goes on with. The link cannot go first: until the last tag were
 * deleted, listings would show tags without a manifest, and a push of the same manifest would bring these tags back. Nor
 * could they be deleted after such a push, since a tag that it sets again is not different from one of before.
 */
final class ManifestDelete {
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
     */
    boolean delete(Digest digest, DeleteCondition condition) throws IOException {
        Optional<Links.State> link = engine.links.read(Keys.revisionLink(repository, digest));
        if (link.isEmpty()) {
            return false;
        }
        boolean visible = engine.revisions.contains(repository, digest);
        ManifestNeed need = ManifestNeed.of(engine, repository, digest, condition);
        if (need.exists()) {
            return false;
        }
        engine.journal.append(repository, digest);
        addCandidates(digest);
        engine.revisions.unlink(repository, digest);
        boolean needed = need.exists();
        if (needed) {
            new Relinked(engine, repository).link(digest, link.get().target().orElse(digest));
        } else {
            engine.index.repairJournaledManifest(repository, digest);
        }
        for (Iterator<Tag> tagged = tagsOf(digest); tagged.hasNext(); ) {
            engine.index.repairTagged(repository, digest, tagged.next());
        }
        return visible && !needed;
    }

    /** Deletes a manifest that was linked a moment ago, and has few tags. */
    void withdraw(Digest digest) throws IOException {
        delete(digest, deleted -> false);
    }

    private DeleteResult delete(Digest digest, IntPredicate enough) throws IOException {
        if (engine.links.read(Keys.revisionLink(repository, digest)).isEmpty()) {
            return new DeleteResult(false, List.of());
        }
        boolean visible = engine.revisions.contains(repository, digest);
        engine.journal.append(repository, digest);
        List<Tag> tags = new ArrayList<>();
        for (Iterator<Tag> tagged = tagsOf(digest); tagged.hasNext(); ) {
            Tag tag = tagged.next();
            if (enough.test(tags.size())) {
                throw unfinished(digest, tags.size());
            }
            if (deleteTag(tag, digest)) {
                tags.add(tag);
            }
        }
        addCandidates(digest);
        engine.revisions.unlink(repository, digest);
        engine.index.repairJournaledManifest(repository, digest);
        // A push may have set a tag after the tags were deleted and before the link was.
        for (Iterator<Tag> tagged = tagsOf(digest); tagged.hasNext(); ) {
            engine.index.repairTagged(repository, digest, tagged.next());
        }
        return new DeleteResult(visible, tags);
    }

    /** Before the link goes: a process that dies in between must not leave garbage that nothing tells of. */
    private void addCandidates(Digest digest) throws IOException {
        engine.candidates.add(digest, repository);
        Optional<Digest> data = engine.links.target(Keys.revisionLink(repository, digest));
        if (data.isPresent() && !data.get().equals(digest)) {
            engine.candidates.add(data.get(), repository);
        }
    }

    private RegistryException unfinished(Digest digest, int deleted) {
        String message = "The manifest " + repository + "@" + digest + " has more tags than one request deletes: "
                + deleted + " were deleted, and the manifest and its other tags are left; repeat the request to go on";
        return RegistryException.builder(RegistryError.of(ErrorCode.UNAVAILABLE, message))
                .retryAfter(Duration.ofSeconds(1))
                .build();
    }

    private boolean deleteTag(Tag tag, Digest digest) throws IOException {
        Optional<Links.State> link = engine.links.read(Keys.tagLink(repository, tag));
        boolean ours = link.flatMap(Links.State::target).equals(Optional.of(digest));
        if (!ours) {
            engine.index.repairTagged(repository, digest, tag);
            return false;
        }
        return new TagWrite(engine, repository).deleteIfUnchanged(tag, digest, link.orElseThrow());
    }

    private Iterator<Tag> tagsOf(Digest digest) throws IOException {
        return engine.indexState.complete() ? engine.index.tagsOf(repository, digest) : engine.layout.tags(repository);
    }
}

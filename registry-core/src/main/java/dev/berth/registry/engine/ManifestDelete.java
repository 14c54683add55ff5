package dev.berth.registry.engine;

import dev.berth.registry.DeleteResult;
import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.Links;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Deletes a manifest: its tags, then its link, then its index entries. The data stays for a collection. */
final class ManifestDelete {
    private final Engine engine;
    private final RepositoryName repository;

    ManifestDelete(Engine engine, RepositoryName repository) {
        this.engine = engine;
        this.repository = repository;
    }

    DeleteResult delete(Digest digest) throws IOException {
        if (engine.links.read(Keys.revisionLink(repository, digest)).isEmpty()) {
            return new DeleteResult(false, List.of());
        }
        boolean visible = engine.revisions.contains(repository, digest);
        engine.journal.append(repository, digest);
        List<Tag> tags = new ArrayList<>();
        for (Iterator<Tag> tagged = tagsOf(digest); tagged.hasNext(); ) {
            Tag tag = tagged.next();
            if (deleteTag(tag, digest)) {
                tags.add(tag);
            }
        }
        engine.revisions.unlink(repository, digest);
        engine.index.repairJournaledManifest(repository, digest);
        // A push may have set a tag after the tags were deleted and before the link was.
        for (Iterator<Tag> tagged = tagsOf(digest); tagged.hasNext(); ) {
            engine.index.repairTagged(repository, digest, tagged.next());
        }
        return new DeleteResult(visible, tags);
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
        return engine.indexState.complete()
                ? engine.index.tagsOf(repository, digest)
                : engine.layout.tags(repository);
    }
}

package dev.berth.registry.engine;

import dev.berth.registry.DeleteResult;
import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.store.Index;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.Link;
import dev.berth.registry.storage.ObjectKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Deletes a manifest: its tags first, then its link, then its marks. The bytes stay for collection. */
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
        engine.intents.begin(repository, digest);
        List<Tag> tags = new ArrayList<>();
        for (Iterator<Tag> tagged = tagsOf(digest); tagged.hasNext(); ) {
            Tag tag = tagged.next();
            if (deleteTag(tag, digest)) {
                tags.add(tag);
            }
        }
        engine.revisions.unlink(repository, digest);
        Set<ObjectKey> marks = engine.revisions
                .readDocument(repository, digest)
                .map(document -> Index.marksOf(repository, digest, document))
                .orElse(Set.of());
        engine.index.repairManifest(repository, digest, marks);
        // A push may have set a tag after the tags were looked at, and before the link was gone.
        for (Iterator<Tag> tagged = tagsOf(digest); tagged.hasNext(); ) {
            engine.index.repairTagged(repository, digest, tagged.next());
        }
        return new DeleteResult(visible, tags);
    }

    private boolean deleteTag(Tag tag, Digest digest) throws IOException {
        Optional<Link> link = engine.links.read(Keys.tagLink(repository, tag));
        boolean ours = link.flatMap(Link::target).equals(Optional.of(digest));
        if (!ours) {
            engine.index.repairTagged(repository, digest, tag);
            return false;
        }
        return new TagWrite(engine, repository).deleteIfUnchanged(tag, digest, link.orElseThrow());
    }

    private Iterator<Tag> tagsOf(Digest digest) throws IOException {
        return engine.indexState.complete()
                ? Index.tagsBelow(
                        engine.store, Keys.taggedMarks(repository, digest), Optional.empty(), OptionalLong.empty())
                : engine.layout.tags(repository);
    }
}

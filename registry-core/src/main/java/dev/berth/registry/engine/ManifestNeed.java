package dev.berth.registry.engine;

import dev.berth.registry.DeleteCondition;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.manifest.ManifestDocument;
import java.io.IOException;
import java.util.Optional;

/** Whether anything in a repository needs a manifest. The index leads to what may; the links decide. */
record ManifestNeed(
        RepositoryContents contents, Digest manifest, Optional<Digest> subject, DeleteCondition condition) {

    /** Reads the subject of the manifest, which must be there still. Looks for nothing yet. */
    static ManifestNeed of(Engine engine, RepositoryName repository, Digest manifest, DeleteCondition condition)
            throws IOException {
        Optional<Digest> subject = condition != DeleteCondition.UNNEEDED
                ? Optional.empty()
                : engine.revisions
                        .understood(repository, manifest)
                        .flatMap(ManifestDocument::subject)
                        .map(Descriptor::digest)
                        .filter(digest -> !digest.equals(manifest));
        return new ManifestNeed(new RepositoryContents(engine, repository), manifest, subject, condition);
    }

    boolean exists() throws IOException {
        if (contents.tagsOf(manifest).hasNext()) {
            return true;
        }
        return condition != DeleteCondition.UNTAGGED
                && (contents.indexesOf(manifest).hasNext()
                        || subject.isPresent() && contents.engine().revisions.isLinked(contents.name(), subject.get()));
    }
}

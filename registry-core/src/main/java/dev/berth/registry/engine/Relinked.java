package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to a manifest whose link was written again just after it was deleted. */
record Relinked(Engine engine, RepositoryName repository) {
    private static final Logger LOG = LoggerFactory.getLogger(Relinked.class);

    /**
     * Writes the link again. That must succeed on a full disk, too.
     *
     * @param data the digest to which the link pointed
     */
    void link(Digest manifest, Digest data) throws IOException {
        byte[] content = data.toString().getBytes(StandardCharsets.US_ASCII);
        engine.store.putForDeletion(Keys.revisionLink(repository, manifest), content, PutCondition.always());
        rely(manifest);
    }

    /**
     * Rescues the manifest and what it needs, if a collection has condemned any of it in between, and brings the index in line.
     */
    private void rely(Digest manifest) throws IOException {
        engine.marks.awaitKept(manifest, repository);
        engine.journal.append(repository, manifest);
        engine.index.repairJournaledManifest(repository, manifest);
        Optional<ManifestDocument> document = engine.revisions.understood(repository, manifest);
        if (document.isEmpty()) {
            return;
        }
        try {
            new RequiredContent(engine, repository).check(document.get());
        } catch (RegistryException e) {
            // As it was before: a manifest can be stored without all that it names.
            LOG.debug("The manifest {}@{} is linked again, without all that it names", repository, manifest, e);
        }
    }
}

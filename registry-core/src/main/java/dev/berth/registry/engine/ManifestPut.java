package dev.berth.registry.engine;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.PutOptions;
import dev.berth.registry.PutResult;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.internal.budget.MemoryLease;
import dev.berth.registry.internal.store.Index;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.storage.ObjectKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Pushes a manifest. The order of the steps is that of {@code docs/storage-layout.md}: data, index entries, link, a check of
 * everything that may have been deleted meanwhile, and only then the tags and the answer.
 */
final class ManifestPut {
    /** How often a manifest is linked again if others delete it while its tags are being set. */
    private static final int ATTEMPTS = 10;

    /** A type, a slash and a subtype of 127 characters each (RFC 6838, section 4.2). */
    private static final int LONGEST_MEDIA_TYPE = 127 + 1 + 127;

    private final Engine engine;
    private final RepositoryName repository;
    private final RequiredContent required;

    ManifestPut(Engine engine, RepositoryName repository) {
        this.engine = engine;
        this.repository = repository;
        this.required = new RequiredContent(engine, repository);
    }

    PutResult put(Manifest manifest, PutOptions options) throws IOException {
        if (manifest.mediaType().length() > LONGEST_MEDIA_TYPE) {
            throw RegistryException.of(
                    ErrorCode.MANIFEST_INVALID,
                    "The media type of the manifest is " + manifest.mediaType().length()
                            + " characters long; it may have at most " + LONGEST_MEDIA_TYPE);
        }
        if (manifest.size() > engine.options.maxManifestBytes()) {
            throw tooLarge(manifest);
        }
        try (MemoryLease lease = engine.revisions.parsing(manifest)) {
            return put(manifest, ManifestDocument.parseNew(manifest), options);
        }
    }

    private PutResult put(Manifest manifest, ManifestDocument document, PutOptions options) throws IOException {
        required.check(document);
        engine.revisions.write(repository, manifest, document);
        link(manifest, document);
        List<Tag> tags = new ArrayList<>();
        for (Tag tag : options.tags()) {
            try {
                StoreCalls.act(
                        "set the tag " + repository + ":" + tag,
                        () -> setTag(manifest, document, tag, options.condition()));
            } catch (RegistryException e) {
                throw e.afterStoring(result(manifest, document, tags));
            }
            tags.add(tag);
        }
        return result(manifest, document, tags);
    }

    private static PutResult result(Manifest manifest, ManifestDocument document, List<Tag> tags) {
        Optional<Digest> subject = document.subject().map(Descriptor::digest);
        return new PutResult(manifest.descriptor(), tags, subject);
    }

    private void link(Manifest manifest, ManifestDocument document) throws IOException {
        Digest digest = manifest.digest();
        boolean linkedBefore = engine.revisions.contains(repository, digest);
        Set<ObjectKey> entries = new LinkedHashSet<>(Index.entriesOf(repository, digest, document));
        entries.add(Keys.catalogueEntry(repository));
        Set<Tag> back = linkedBefore ? Set.of() : engine.index.tagsThatName(repository, digest);
        back.forEach(tag -> entries.addAll(Index.entriesOf(repository, tag, digest)));
        try {
            if (document.subject().isPresent()) {
                Digest subject = document.subject().get().digest();
                engine.referrers.write(repository, subject, Referrers.descriptor(manifest, document));
            }
            engine.index.add(entries);
            engine.revisions.link(repository, digest);
        } catch (IOException e) {
            engine.index.withdraw(repository, e);
            throw e;
        }
        try {
            required.check(document);
        } catch (RegistryException e) {
            if (!linkedBefore) {
                new ManifestDelete(engine, repository).withdraw(digest);
            }
            throw e;
        }
        if (engine.index.ensure(entries) || !back.isEmpty()) {
            // A deletion of the manifest or such a tag was in progress, and may have ended before the entries were
            // written.
            engine.journal.append(repository, digest);
            engine.repairs.repairManifest(repository, digest);
        }
    }

    private void setTag(Manifest manifest, ManifestDocument document, Tag tag, TagCondition condition)
            throws IOException {
        Digest digest = manifest.digest();
        new TagWrite(engine, repository).put(tag, digest, condition);
        // The manifest may have been deleted since it was linked, by a process that had not seen this tag yet.
        for (int attempt = 0; !engine.revisions.contains(repository, digest); attempt++) {
            if (attempt == ATTEMPTS) {
                throw StoredManifests.unknown(repository, digest);
            }
            engine.revisions.write(repository, manifest, document);
            link(manifest, document);
            engine.index.ensureTag(repository, tag, digest);
        }
    }

    private RegistryException tooLarge(Manifest manifest) {
        return RegistryException.builder(new RegistryError(
                        ErrorCode.MANIFEST_TOO_LARGE,
                        "The manifest for " + repository + " is " + manifest.size()
                                + " bytes long; this registry takes at most "
                                + engine.options.maxManifestBytes(),
                        Map.of("limit", Integer.toString(engine.options.maxManifestBytes()))))
                .build();
    }
}

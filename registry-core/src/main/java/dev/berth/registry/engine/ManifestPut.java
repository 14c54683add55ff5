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
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.Links;
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.storage.ObjectBatch;
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

    ManifestPut(Engine engine, RepositoryName repository) {
        this.engine = engine;
        this.repository = repository;
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
        return options.condition() instanceof TagCondition.Any
                ? putTogether(manifest, document, new LinkedHashSet<>(options.tags()))
                : putOneByOne(manifest, document, options);
    }

    /**
     * Sets tags that need not be looked at first. Their links are one batch: each stands for itself. They come after the link
     * of the manifest is durable, since a crash would otherwise lose what they have named before.
     */
    private PutResult putTogether(Manifest manifest, ManifestDocument document, Set<Tag> tags) throws IOException {
        try (ManifestLink link = new ManifestLink(engine, repository, manifest, document)) {
            ManifestLink.Written written = link.write(tags);
            if (tags.isEmpty()) {
                link.confirm(written, tags);
                return result(manifest, document, List.of());
            }
            try {
                StoreCalls.act(
                        tags.size() == 1
                                ? "set the tag " + repository + ":"
                                        + tags.iterator().next()
                                : "set the tags " + tags + " of " + repository,
                        () -> setTags(link, written, manifest, document, tags));
            } catch (RegistryException e) {
                throw e.afterStoring(result(manifest, document, List.of()));
            }
        }
        return result(manifest, document, List.copyOf(tags));
    }

    private void setTags(
            ManifestLink link,
            ManifestLink.Written written,
            Manifest manifest,
            ManifestDocument document,
            Set<Tag> tags)
            throws IOException {
        try {
            setTags(tags, manifest.digest());
        } catch (IOException e) {
            link.confirm(written, Set.of());
            throw e;
        }
        if (!link.confirm(written, tags)) {
            keepLinked(manifest, document, tags);
        }
    }

    private void setTags(Set<Tag> tags, Digest digest) throws IOException {
        ObjectBatch.Builder batch = ObjectBatch.builder();
        tags.forEach(tag -> Links.add(batch, Keys.tagLink(repository, tag), digest));
        try {
            engine.store.apply(batch.build());
        } catch (IOException e) {
            tags.forEach(tag -> engine.index.withdraw(repository, tag, e));
            throw e;
        }
    }

    private PutResult putOneByOne(Manifest manifest, ManifestDocument document, PutOptions options) throws IOException {
        writeLink(manifest, document);
        List<Tag> tags = new ArrayList<>();
        for (Tag tag : options.tags()) {
            try {
                StoreCalls.act("set the tag " + repository + ":" + tag, () -> {
                    new TagWrite(engine, repository).put(tag, manifest.digest(), options.condition());
                    keepLinked(manifest, document, Set.of(tag));
                });
            } catch (RegistryException e) {
                throw e.afterStoring(result(manifest, document, tags));
            }
            tags.add(tag);
        }
        return result(manifest, document, tags);
    }

    private void writeLink(Manifest manifest, ManifestDocument document) throws IOException {
        try (ManifestLink link = new ManifestLink(engine, repository, manifest, document)) {
            link.confirm(link.write(Set.of()), Set.of());
        }
    }

    /** The manifest may have been deleted since it was linked, by a process that had not seen these tags yet. */
    private void keepLinked(Manifest manifest, ManifestDocument document, Set<Tag> tags) throws IOException {
        Digest digest = manifest.digest();
        for (int attempt = 0; !engine.revisions.contains(repository, digest); attempt++) {
            if (attempt == ATTEMPTS) {
                throw StoredManifests.unknown(repository, digest);
            }
            writeLink(manifest, document);
            for (Tag tag : tags) {
                engine.index.ensureTag(repository, tag, digest);
            }
        }
    }

    private static PutResult result(Manifest manifest, ManifestDocument document, List<Tag> tags) {
        Optional<Digest> subject = document.subject().map(Descriptor::digest);
        return new PutResult(manifest.descriptor(), tags, subject);
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

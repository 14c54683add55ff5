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
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.manifest.ManifestDocument;
import java.io.IOException;
import java.time.Duration;
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
     * Sets tags that need not be looked at first: their index entries are written with what stands behind the manifest, and
     * checked with it. Their links come after that of the manifest is durable, since a crash would otherwise lose what they
     * have named before.
     */
    private PutResult putTogether(Manifest manifest, ManifestDocument document, Set<Tag> tags) throws IOException {
        List<Tag> set = new ArrayList<>();
        try (ManifestLink link = new ManifestLink(engine, repository, manifest, document)) {
            ManifestLink.Written written = link.write(tags);
            try {
                for (Tag tag : tags) {
                    StoreCalls.act(setting(tag), () -> setTag(tag, manifest.digest(), tags));
                    set.add(tag);
                }
            } catch (RegistryException e) {
                link.confirm(written, set);
                throw e.afterStoring(result(manifest, document, set));
            }
            if (!link.confirm(written, tags) && !tags.isEmpty()) {
                keepLinked(manifest, document, tags);
            }
        }
        return result(manifest, document, set);
    }

    private String setting(Tag tag) {
        return "set the tag " + repository + ":" + tag;
    }

    /** Sets a tag, and withdraws the entries of all of them that do not exist if that fails. */
    private void setTag(Tag tag, Digest digest, Set<Tag> all) throws IOException {
        try {
            engine.links.write(Keys.tagLink(repository, tag), digest);
        } catch (IOException e) {
            all.forEach(other -> engine.index.withdraw(repository, other, digest, e));
            throw e;
        }
    }

    private PutResult putOneByOne(Manifest manifest, ManifestDocument document, PutOptions options) throws IOException {
        writeLink(manifest, document);
        List<Tag> tags = new ArrayList<>();
        for (Tag tag : options.tags()) {
            try {
                StoreCalls.act(setting(tag), () -> {
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
            if (!isNamed(digest, tags)) {
                // It has seen the tags, and came after this push.
                return;
            }
            try {
                writeLink(manifest, document);
            } catch (RegistryException e) {
                throw deleted(digest, e);
            }
            for (Tag tag : tags) {
                // It may have seen one of them, and not another one.
                new TagWrite(engine, repository).putIfUnset(tag, digest);
            }
        }
    }

    /** The tags do not name any more what they did before, so nobody is told that nothing was done. */
    private RegistryException deleted(Digest digest, RegistryException cause) {
        return RegistryException.builder(RegistryError.of(
                        ErrorCode.UNAVAILABLE,
                        "The manifest " + repository + "@" + digest
                                + " was deleted after it was stored, and so was something"
                                + " that it needs; push the image again"))
                .cause(cause)
                .retryAfter(Duration.ofSeconds(1))
                .build();
    }

    private boolean isNamed(Digest digest, Set<Tag> tags) throws IOException {
        for (Tag tag : tags) {
            if (engine.index.names(repository, tag, digest)) {
                return true;
            }
        }
        return false;
    }

    private PutResult result(Manifest manifest, ManifestDocument document, List<Tag> tags) {
        engine.shortData.learn(repository, manifest);
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

package dev.berth.registry.engine;

import dev.berth.registry.DeleteCondition;
import dev.berth.registry.DeleteResult;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Manifests;
import dev.berth.registry.PutOptions;
import dev.berth.registry.PutResult;
import dev.berth.registry.ReferrerFilter;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.store.Keys;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The manifests of a repository of a {@link StorageRegistry}. */
final class StoredManifests implements Manifests {
    private static final Logger LOG = LoggerFactory.getLogger(StoredManifests.class);

    private final Engine engine;
    private final RepositoryName repository;

    StoredManifests(Engine engine, RepositoryName repository) {
        this.engine = engine;
        this.repository = repository;
    }

    @Override
    public Optional<Descriptor> find(ManifestSelector selector) {
        return engine.call(
                "look up " + name(repository, selector), () -> read(selector).map(Manifest::descriptor));
    }

    @Override
    public Manifest get(ManifestSelector selector) {
        return engine.call("read " + name(repository, selector), () -> {
            Optional<Manifest> manifest = read(selector);
            if (manifest.isPresent()) {
                engine.shortData.learn(repository, manifest.get());
                return manifest.get();
            }
            throw isLinked(selector) ? damaged(selector) : unknown(repository, selector);
        });
    }

    /** Returns whether the repository should have a manifest that could not be read: its data is missing or damaged. */
    private boolean isLinked(ManifestSelector selector) throws IOException {
        Optional<Digest> digest = selector instanceof Digest given
                ? Optional.of(given)
                : engine.links.target(Keys.tagLink(repository, (Tag) selector));
        return digest.isPresent() && engine.revisions.isLinked(repository, digest.get());
    }

    private Optional<Manifest> read(ManifestSelector selector) throws IOException {
        if (selector instanceof Digest digest) {
            return engine.revisions.read(repository, digest);
        }
        Tag tag = (Tag) selector;
        Optional<Digest> target = engine.links.target(Keys.tagLink(repository, tag));
        Optional<Manifest> manifest =
                target.isEmpty() ? Optional.empty() : engine.revisions.read(repository, target.get());
        if (manifest.isEmpty()) {
            dropGhost(tag);
        }
        return manifest;
    }

    /** Deletes the index entry of a missing tag, if a push that failed has left one. */
    private void dropGhost(Tag tag) {
        try {
            engine.index.dropGhost(repository, tag);
        } catch (IOException e) {
            LOG.debug("The entry of the missing tag {}:{} stays for now", repository, tag, e);
        }
    }

    @Override
    public PutResult put(Manifest manifest, PutOptions options) {
        return engine.call(
                "store the manifest " + repository + "@" + manifest.digest(),
                () -> new ManifestPut(engine, repository).put(manifest, options));
    }

    @Override
    public DeleteResult delete(Digest digest) {
        return engine.call(
                "delete the manifest " + repository + "@" + digest,
                () -> new ManifestDelete(engine, repository).delete(digest));
    }

    @Override
    public boolean delete(Digest digest, DeleteCondition condition) {
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(condition, "condition");
        return engine.call(
                "delete the manifest " + repository + "@" + digest,
                () -> new ManifestDelete(engine, repository).delete(digest, condition));
    }

    @Override
    public Listing<Descriptor, Digest> referrers(Digest subject, ReferrerFilter filter) {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(filter, "filter");
        return Listing.of((after, wanted) -> engine.call(
                "list the referrers of " + repository + "@" + subject,
                () -> new Referrers(engine, repository, subject).open(after, filter)));
    }

    static RegistryException unknown(RepositoryName repository, ManifestSelector selector) {
        return RegistryException.builder(new RegistryError(
                        ErrorCode.MANIFEST_UNKNOWN,
                        "There is no manifest " + name(repository, selector) + " in this registry",
                        Map.of("name", repository.value(), "reference", selector.toString())))
                .build();
    }

    private RegistryException damaged(ManifestSelector selector) {
        return RegistryException.builder(new RegistryError(
                        ErrorCode.MANIFEST_UNKNOWN,
                        "The manifest " + name(repository, selector)
                                + " is broken: its data in the storage of this registry is missing or damaged; push it"
                                + " again, which mends it",
                        Map.of("name", repository.value(), "reference", selector.toString())))
                .build();
    }

    private static String name(RepositoryName repository, ManifestSelector selector) {
        return repository + (selector instanceof Digest ? "@" : ":") + selector;
    }
}

package dev.berth.registry.engine;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.manifest.ManifestDocument;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

/**
 * Tells data that is damaged from a manifest that states a wrong size. Nearly always that takes no reading: this process
 * knows the true size if it has stored the data, and other manifests of the repository state it. Otherwise the data is read
 * once, and known from then on; one push reads a limited amount, and one push of a registry reads at a time.
 */
final class DamageCheck {
    /** How much one push reads. More if a single blob is larger. */
    private static final long MOST_BYTES = 16 * 1024 * 1024;

    private static final int MOST_MANIFESTS = 4;

    private final Engine engine;
    private final RepositoryName repository;
    private long read;

    DamageCheck(Engine engine, RepositoryName repository) {
        this.engine = engine;
        this.repository = repository;
    }

    /**
     * Returns whether data is damaged that has another size than a manifest states.
     *
     * @param digest the digest in the manifest
     * @param data the digest of the data, which a link may say
     * @param size the size of the data
     * @throws RegistryException with {@link ErrorCode#UNAVAILABLE} if it would have to be read, and cannot be now
     */
    boolean damaged(Digest digest, Digest data, long size) throws IOException {
        return !engine.data.known(data) && !isStatedElsewhere(digest, size) && !verify(digest, data, size);
    }

    /** Returns whether a manifest that was accepted states this size of the content. */
    private boolean isStatedElsewhere(Digest digest, long size) throws IOException {
        Iterator<Digest> manifests = engine.index.manifestsWith(repository, digest, MOST_MANIFESTS);
        for (int i = 0; i < MOST_MANIFESTS && manifests.hasNext(); i++) {
            Digest manifest = manifests.next();
            if (engine.revisions.contains(repository, manifest)) {
                Optional<ManifestDocument> document = engine.revisions.readDocument(repository, manifest);
                if (document.isPresent() && states(document.get(), digest, size)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean states(ManifestDocument document, Digest digest, long size) {
        return document.references().stream().anyMatch(reference -> {
            Descriptor descriptor = reference.descriptor();
            return descriptor.digest().equals(digest) && descriptor.size() == size;
        });
    }

    private boolean verify(Digest digest, Digest data, long size) throws IOException {
        if ((read > 0 && size > MOST_BYTES - read) || !engine.verifying.tryLock()) {
            throw busy(digest);
        }
        try {
            read += size;
            return engine.data.verify(data);
        } finally {
            engine.verifying.unlock();
        }
    }

    private RegistryException busy(Digest digest) {
        return RegistryException.builder(RegistryError.of(
                        ErrorCode.UNAVAILABLE,
                        "The manifest states another size of " + digest + " than the repository " + repository
                                + " has, and whether the content is damaged cannot be checked now; try again"))
                .retryAfter(Duration.ofSeconds(1))
                .build();
    }
}

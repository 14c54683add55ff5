package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.cache.WeighedCache;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.ManifestReference;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds data that is shorter than the manifests of its repository say, before any of it is sent: it counts as missing, and is
 * pushed again. That costs something only the first time that this process meets data of which it has seen no manifest lately: it
 * knows the size of all that it has stored, hashed, or compared with a manifest. Thread-safe.
 */
final class ShortData {
    private static final Logger LOG = LoggerFactory.getLogger(ShortData.class);

    /** How many manifests are asked for the size. */
    private static final int MOST_MANIFESTS = 2;

    private static final int MOST_BYTES = 1024 * 1024;
    private static final int ENTRY_BYTES = 500;

    private final Engine engine;

    /** What manifests state that were read or pushed lately. */
    private final StatedSizes stated = new StatedSizes();

    /** What was found, so that nothing is looked at for each request. */
    private final WeighedCache<Place, Found> looked = new WeighedCache<>(MOST_BYTES);

    private record Place(RepositoryName repository, Digest data) {}

    private record Found(long size, boolean cut) {}

    ShortData(Engine engine) {
        this.engine = engine;
    }

    /** Notes what a manifest states that was pushed or read. */
    void learn(RepositoryName repository, Manifest manifest) {
        stated.learn(repository, manifest);
    }

    /**
     * Returns whether data was cut.
     *
     * @param digest the digest, as the repository names it
     * @param data the digest of the data
     * @param size how large the data is
     * @throws dev.berth.registry.RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if it would have
     *     to be hashed, and cannot be now
     */
    boolean isShort(RepositoryName repository, Digest digest, Digest data, long size) throws IOException {
        if (stated.has(repository, digest)) {
            return stated.exceed(repository, digest, size)
                    && new DamageCheck(engine, repository).damaged(digest, data, size);
        }
        if (engine.data.isSizeKnown(data)) {
            return false;
        }
        Place place = new Place(repository, data);
        Found before = looked.get(place);
        if (before != null && before.size == size) {
            return before.cut;
        }
        boolean cut = look(repository, digest, data, size);
        looked.put(place, new Found(size, cut), ENTRY_BYTES);
        return cut;
    }

    /** Returns whether {@link #isShort} asks the store for nothing. */
    boolean isKnown(RepositoryName repository, Digest digest, Digest data, long size) {
        if (stated.has(repository, digest)) {
            return !stated.exceed(repository, digest, size);
        }
        Found before = looked.get(new Place(repository, data));
        return engine.data.isSizeKnown(data) || (before != null && before.size == size);
    }

    private boolean look(RepositoryName repository, Digest digest, Digest data, long size) throws IOException {
        boolean suspicious = false;
        Iterator<Digest> manifests = engine.index.manifestsWith(repository, digest, MOST_MANIFESTS);
        for (int i = 0; i < MOST_MANIFESTS && manifests.hasNext(); i++) {
            OptionalLong other = sizeIn(repository, manifests.next(), digest);
            if (other.isPresent() && other.getAsLong() == size) {
                engine.data.stated(data, size);
                return false;
            }
            suspicious |= other.isPresent() && other.getAsLong() > size;
        }
        if (!suspicious || !new DamageCheck(engine, repository).damaged(digest, data, size)) {
            return false;
        }
        LOG.error(
                "The data of {} has only {} bytes, less than the manifests of {} state; it counts as missing until it is"
                        + " pushed again",
                data,
                size,
                repository);
        return true;
    }

    private OptionalLong sizeIn(RepositoryName repository, Digest manifest, Digest digest) throws IOException {
        Optional<ManifestDocument> document;
        try {
            document = engine.revisions.readDocument(repository, manifest);
        } catch (RegistryException e) {
            // There is no memory for it now. A blob must not wait for that.
            return OptionalLong.empty();
        }
        return document.stream()
                .flatMap(found -> found.references().stream())
                .map(ManifestReference::descriptor)
                .filter(part -> part.digest().equals(digest))
                .mapToLong(part -> part.size())
                .findFirst();
    }
}

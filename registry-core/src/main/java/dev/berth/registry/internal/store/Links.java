package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link files of the layout. The content of a link is a digest, which names the data. A crash may leave a link empty
 * or cut, and a store that cannot delete conditionally leaves it empty: such a link counts as missing.
 */
public final class Links {
    private static final Logger LOG = LoggerFactory.getLogger(Links.class);

    private final ObjectStore store;

    Links(ObjectStore store) {
        this.store = store;
    }

    /**
     * The state in which a link was read.
     *
     * @param target the digest in it, or empty if it has no usable one
     * @param version the version of the object, for a conditional change
     */
    public record State(Optional<Digest> target, ObjectVersion version) {}

    /** Reads a link, or returns empty if there is no such object. */
    public Optional<State> read(ObjectKey key) throws IOException {
        return SmallObject.read(store, key)
                .map(object -> new State(parse(key, object.text().strip()), object.version()));
    }

    /** Returns the target of a link, or empty if there is no usable link. */
    public Optional<Digest> target(ObjectKey key) throws IOException {
        return read(key).flatMap(State::target);
    }

    /** Adds a link to a batch, whatever is there. */
    public static void add(ObjectBatch.Builder batch, ObjectKey key, Digest target) {
        batch.put(key, bytes(target));
    }

    /** Writes a link, whatever is there. */
    public void write(ObjectKey key, Digest target) throws IOException {
        store.put(key, bytes(target), PutCondition.always());
    }

    /** Writes a link if the condition holds, and returns whether it does. */
    public boolean write(ObjectKey key, Digest target, PutCondition condition) throws IOException {
        return store.put(key, bytes(target), condition).isPresent();
    }

    /** Deletes a link if it still has this version, and returns whether it has. */
    public boolean deleteIfUnchanged(ObjectKey key, ObjectVersion version) throws IOException {
        return store.deleteIfUnchanged(key, version);
    }

    private static Optional<Digest> parse(ObjectKey key, String text) {
        if (text.isEmpty()) {
            LOG.debug("The link {} is empty; it counts as missing", key);
            return Optional.empty();
        }
        try {
            return Optional.of(Digest.parse(text));
        } catch (IllegalArgumentException e) {
            LOG.warn("The link {} does not hold a digest; it counts as missing", key);
            return Optional.empty();
        }
    }

    private static byte[] bytes(Digest target) {
        return target.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Returns the digest of the data to which a repository links this name, as a blob or a manifest, or the name itself if it does
     * not say. Only names of another algorithm may lead elsewhere: {@code registry:2} stores what is pushed with a sha512 so.
     */
    public Digest dataOf(RepositoryName repository, Digest name) throws IOException {
        if (name.algorithm() == DigestAlgorithm.SHA256) {
            return name;
        }
        Optional<Digest> target = target(Keys.layerLink(repository, name));
        if (target.isEmpty()) {
            target = target(Keys.revisionLink(repository, name));
        }
        return target.orElse(name);
    }
}

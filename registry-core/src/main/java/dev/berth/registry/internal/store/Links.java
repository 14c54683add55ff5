package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and writes link files. */
public final class Links {
    private static final Logger LOG = LoggerFactory.getLogger(Links.class);

    /** More than the longest digest: whatever is longer is none. */
    private static final int LONGEST = 256;

    private final ObjectStore store;

    public Links(ObjectStore store) {
        this.store = store;
    }

    /** Reads a link, or returns empty if there is no such object. */
    public Optional<Link> read(ObjectKey key) throws IOException {
        Optional<ObjectContent> found = store.open(key, 0, LONGEST);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (ObjectContent content = found.get()) {
            String text = new String(content.stream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return Optional.of(new Link(parse(key, text), content.stat().version()));
        }
    }

    /** Returns what a link points at, or empty if there is no usable link. */
    public Optional<Digest> target(ObjectKey key) throws IOException {
        return read(key).flatMap(Link::target);
    }

    public void write(ObjectKey key, Digest target) throws IOException {
        store.put(key, bytes(target), PutCondition.always());
    }

    /** Writes a link if the condition holds, and returns whether it did. */
    public boolean write(ObjectKey key, Digest target, PutCondition condition) throws IOException {
        return store.put(key, bytes(target), condition).isPresent();
    }

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
}

package dev.berth.registry.internal.store;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.json.DescriptorJson;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The referrers of a subject in the index. The entry of a referrer holds its descriptor, as the listing shows it, so that
 * the manifest is not read for it. The descriptor follows from the manifest: an entry without one gets it when it is read.
 */
public final class ReferrerIndex {
    private final ObjectStore store;

    ReferrerIndex(ObjectStore store) {
        this.store = store;
    }

    /**
     * An entry.
     *
     * @param digest the referrer, if the manifest exists
     * @param key the key of the entry
     */
    public record Entry(Digest digest, ObjectKey key) {
        /** Returns whether the entry is as they were before their name said the artifact type. */
        public boolean untyped() {
            return KeyReader.lastSegment(key.value()).equals(Keys.leaf(digest));
        }
    }

    /**
     * What an entry holds.
     *
     * @param descriptor the descriptor, or empty if it has not been written yet
     * @param version the version that was read
     */
    public record Content(Optional<Descriptor> descriptor, ObjectVersion version) {}

    /** Iterates over the entries of a subject, in the order of the digests. Entries of one digest follow each other. */
    public Iterator<Entry> entries(RepositoryName repository, Digest subject, Optional<Digest> after) {
        return StoredNames.level(
                store,
                "list the referrers of " + repository + "@" + subject,
                Keys.referrerEntries(repository, subject),
                // Behind every entry of this digest.
                after.map(digest -> Keys.leaf(digest) + "~"),
                OptionalLong.empty(),
                name -> entry(repository, subject, name));
    }

    private static Optional<Entry> entry(RepositoryName repository, Digest subject, String name) {
        int dot = name.indexOf('.');
        return KeyReader.digestOfLeaf(dot < 0 ? name : name.substring(0, dot))
                .map(digest -> new Entry(
                        digest, Keys.referrerEntries(repository, subject).key(name)));
    }

    /** Reads an entry, or returns empty if it is gone. */
    public Optional<Content> read(Entry entry) throws IOException {
        Optional<ObjectContent> found = store.open(entry.key());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (ObjectContent content = found.get()) {
            byte[] json = content.stream().readAllBytes();
            return Optional.of(
                    new Content(parse(entry.digest(), json), content.stat().version()));
        }
    }

    private static Optional<Descriptor> parse(Digest digest, byte[] json) {
        if (json.length == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(DescriptorJson.read(JsonObject.root(StrictJson.parse(json))))
                    .filter(descriptor -> descriptor.digest().equals(digest));
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }

    /** Adds the entry of a manifest that is about to be linked to a batch. */
    public static void add(ObjectBatch.Builder batch, RepositoryName repository, Digest subject, Descriptor referrer) {
        batch.put(key(repository, subject, referrer), content(referrer));
    }

    /** Writes the entry of a manifest that was read, unless it has one. */
    public void writeIfAbsent(RepositoryName repository, Digest subject, Descriptor referrer) throws IOException {
        write(key(repository, subject, referrer), referrer, PutCondition.ifAbsent());
    }

    /** Writes a descriptor into its entry, unless that has changed or is gone. */
    public void complete(Entry entry, ObjectVersion read, Descriptor referrer) throws IOException {
        write(entry.key(), referrer, PutCondition.ifUnchanged(read));
    }

    private void write(ObjectKey key, Descriptor referrer, PutCondition condition) throws IOException {
        store.put(key, content(referrer), condition);
    }

    private static byte[] content(Descriptor referrer) {
        byte[] json = StrictJson.write(DescriptorJson.toTree(referrer));
        // Escaped, the annotations of a manifest of the largest size may be longer still.
        return json.length > ObjectStore.MAX_PUT_BYTES ? new byte[0] : json;
    }

    /** Returns the key of the entry for a descriptor. */
    public static ObjectKey key(RepositoryName repository, Digest subject, Descriptor referrer) {
        return Keys.referrerEntry(repository, subject, referrer.digest(), referrer.artifactType());
    }
}

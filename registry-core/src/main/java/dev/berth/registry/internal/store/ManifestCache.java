package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.internal.cache.WeighedCache;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectVersion;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Manifests whose bytes this process has read and hashed. What has a digest never changes, so an entry is right on every
 * node. Whether a repository shows the manifest, and whether the data still is as it was, is none of its business: who
 * reads checks both first, so that a deletion is seen at once. Thread-safe.
 */
final class ManifestCache {
    /** What an entry takes beside the bytes: objects, two digests, media type and version. */
    private static final int ENTRY_BYTES = 800;

    private final WeighedCache<Digest, Entry> entries;

    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /** @param budget in bytes; 0 for none */
    ManifestCache(long budget) {
        this.entries = new WeighedCache<>(budget);
    }

    /**
     * Returns a manifest, or null if it is not here or its data has been replaced since it was read.
     *
     * @param target the data
     * @param data the present state of the data
     */
    @Nullable Entry find(Digest digest, Digest target, ObjectStat data) {
        Entry entry = entries.get(digest);
        return entry != null && entry.target.equals(target) && entry.version.equals(data.version()) ? entry : null;
    }

    /** Counts a read that found what it wanted here. */
    void countHit() {
        hits.increment();
    }

    /** Counts a read that had to go to the store. */
    void countMiss() {
        misses.increment();
    }

    /** Returns how many reads found what they wanted. */
    long hits() {
        return hits.sum();
    }

    /** Returns how many reads did not. */
    long misses() {
        return misses.sum();
    }

    /** Returns how much memory the entries take, in bytes. */
    long bytes() {
        return entries.weight();
    }

    /** Returns whether a manifest may be here. */
    boolean mayHave(Digest digest) {
        return entries.get(digest) != null;
    }

    /** Returns whether this entry is here. */
    boolean has(Entry entry) {
        return entries.get(entry.manifest.digest()) == entry;
    }

    /** Keeps a manifest whose digest has been verified. */
    void keep(Entry entry) {
        entries.put(entry.manifest.digest(), entry, entry.weight());
    }

    /** A manifest, with what its bytes alone say. Immutable but for the document, which is made when it is wanted. */
    static final class Entry {
        private final Manifest manifest;
        private final Optional<String> declared;
        private final Optional<String> inferred;
        private final Digest target;
        private final ObjectVersion version;
        private volatile @Nullable ManifestDocument document;

        /**
         * Creates an entry.
         *
         * @param manifest its media type does not matter
         * @param target the data that it was read from
         * @param version the version of the data that was read
         */
        Entry(Manifest manifest, Digest target, ObjectVersion version) {
            this.declared = ManifestDocument.declaredMediaType(manifest.asByteBuffer());
            this.inferred = declared.isPresent() ? declared : ManifestDocument.inferMediaType(manifest.asByteBuffer());
            this.manifest = declared.map(manifest::withMediaType).orElse(manifest);
            this.target = target;
            this.version = version;
        }

        /** Returns the manifest. It has its media type only if the bytes declare one. */
        Manifest manifest() {
            return manifest;
        }

        /** Returns whether the bytes declare the media type. Otherwise a repository may state another one. */
        boolean declaresMediaType() {
            return declared.isPresent();
        }

        /** Returns the media type that the bytes look like. */
        Optional<String> inferredMediaType() {
            return inferred;
        }

        /** Returns the document that was kept, or null. */
        @Nullable ManifestDocument document() {
            return document;
        }

        /** Keeps what a manifest says that declares its media type. */
        void setDocument(ManifestDocument parsed) {
            this.document = parsed;
        }

        private long weight() {
            long size = manifest.size();
            return ENTRY_BYTES + size + (document == null ? 0 : Revisions.PARSE_FACTOR * size);
        }
    }
}

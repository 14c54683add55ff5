package dev.berth.registry.internal.trash;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.budget.MemoryLease;
import dev.berth.registry.internal.store.CollectionEntries;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.Links;
import dev.berth.registry.internal.store.Revisions;
import dev.berth.registry.internal.trash.TrashTimes.Time;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.StorageFullException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts into the trash what is about to be deleted. On a full disk it uses the room that is kept for deletions. If even that
 * is used up, the deletion goes on without the trash, since it is what frees space, and the log says so. Thread-safe.
 */
public final class TrashWriter {
    private static final Logger LOG = LoggerFactory.getLogger(TrashWriter.class);

    private final TrashContents contents;
    private final TrashTimes times;
    private final ObjectStore store;
    private final CollectionEntries entries;
    private final Links links;
    private final Revisions revisions;
    private final InstantSource clock;
    private final Duration window;

    /**
     * Does no I/O.
     *
     * @param window for how long things can be restored; zero for not at all
     */
    public TrashWriter(
            ObjectStore store,
            CollectionEntries entries,
            Links links,
            Revisions revisions,
            InstantSource clock,
            Duration window) {
        this.store = store;
        this.entries = entries;
        this.contents = new TrashContents(store);
        this.times = new TrashTimes(store);
        this.links = links;
        this.revisions = revisions;
        this.clock = clock;
        this.window = window;
    }

    /** The deletion of a manifest. */
    public final class Deletion {
        private final RepositoryName repository;
        private final Digest digest;
        private final Optional<Instant> at;

        private Deletion(RepositoryName repository, Digest digest, Optional<Instant> at) {
            this.repository = repository;
            this.digest = digest;
            this.at = at;
        }

        /** Records a tag of the manifest, before it is deleted. */
        public void tag(Tag tag) throws IOException {
            if (at.isPresent()) {
                record(repository + ":" + tag, () -> contents.write(repository, new TrashedTag(tag, digest), at.get()));
            }
        }
    }

    /** Puts a manifest into the trash, before it and its tags are deleted. One that cannot be read cannot be restored. */
    public Deletion manifest(RepositoryName repository, Digest digest) throws IOException {
        Instant now = clock.instant();
        Optional<TrashedManifest> manifest =
                window.isZero() ? Optional.empty() : read(repository, digest, now);
        boolean recorded = manifest.isPresent()
                && record(repository + "@" + digest, () -> {
                    indexForCollection(repository, manifest.get());
                    times.add(new Time(now, repository, digest, Optional.empty()));
                    contents.write(repository, manifest.get());
                });
        return new Deletion(repository, digest, recorded ? Optional.of(now) : Optional.empty());
    }

    /** While it is linked, a collection may still find in the layout what registry:2 wrote; from the trash it finds nothing. */
    private void indexForCollection(RepositoryName repository, TrashedManifest manifest) throws IOException {
        if (store.stat(Keys.manifestEntry(manifest.data(), repository)).isEmpty()) {
            entries.writeManifest(repository, manifest.digest());
        }
    }

    private Optional<TrashedManifest> read(RepositoryName repository, Digest digest, Instant now) throws IOException {
        Optional<Digest> data = links.target(Keys.revisionLink(repository, digest));
        Optional<Manifest> found = data.isEmpty() ? Optional.empty() : revisions.read(repository, digest);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Manifest manifest = found.get();
        try (MemoryLease lease = revisions.parsing(manifest)) {
            Optional<Digest> subject = Revisions.understand(manifest)
                    .flatMap(document -> document.subject().map(Descriptor::digest));
            return Optional.of(
                    new TrashedManifest(digest, data.get(), manifest.mediaType(), manifest.size(), subject, now));
        }
    }

    /** Puts a tag into the trash, before it is deleted by itself. */
    public void tag(RepositoryName repository, Tag tag, Digest target) throws IOException {
        if (window.isZero()) {
            return;
        }
        Instant now = clock.instant();
        record(repository + ":" + tag, () -> {
            times.add(new Time(now, repository, target, Optional.of(tag)));
            contents.write(repository, new TrashedTag(tag, target), now);
        });
    }

    private interface Writing {
        void run() throws IOException;
    }

    private static boolean record(String what, Writing writing) throws IOException {
        try {
            writing.run();
            return true;
        } catch (StorageFullException e) {
            LOG.warn("{} is deleted for good, and cannot be restored: the storage is full", what);
            return false;
        }
    }
}

package dev.berth.registry.internal.trash;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.Candidates;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.trash.TrashTimes.Time;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.StorageFullException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes from the trash what has been there for longer than the window, or what nobody wants to restore. It is a candidate
 * for collection before it is removed, so that a crash in between keeps nothing for ever. Thread-safe.
 *
 * <p>What is removed by its age is old by its own time and by that of the store, so that neither a deletion nor a store
 * whose clock is behind shortens the window. A time of the store that is in the future by days says nothing.
 */
public final class TrashExpiry {
    private static final Logger LOG = LoggerFactory.getLogger(TrashExpiry.class);

    /** How far the clocks of a store and a process may be apart. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    /**
     * How long a deletion may take. Until then the time of one stays, since it may not have written yet what the time stands
     * for.
     */
    static final Duration LONGEST_DELETION = Duration.ofMinutes(10);

    private static final Duration ABSURD = Duration.ofDays(1);

    private final ObjectStore store;
    private final TrashContents contents;
    private final TrashTimes times;
    private final Candidates candidates;
    private final InstantSource clock;

    /** Does no I/O. */
    public TrashExpiry(ObjectStore store, Candidates candidates, InstantSource clock) {
        this.store = store;
        this.contents = new TrashContents(store);
        this.times = new TrashTimes(store);
        this.candidates = candidates;
        this.clock = clock;
    }

    /**
     * Removes everything that was deleted at least this long ago. Costs what has expired.
     *
     * @return how many manifests and tags were removed
     */
    public long expire(Duration window) throws IOException {
        Pass pass = new Pass(clock.instant(), window);
        try {
            for (Iterator<ObjectKey> keys = times.keys(); keys.hasNext(); ) {
                ObjectKey key = keys.next();
                if (TrashTimes.second(key).plus(window).isAfter(pass.now)) {
                    break;
                }
                pass.expire(key);
            }
        } catch (StorageFullException e) {
            LOG.warn("The storage is too full to note what has expired in the trash; it is removed later");
        }
        return pass.removed;
    }

    /** Removes a manifest, whatever its age, and the tags that named it. Returns how many manifests and tags it removed. */
    public long purge(RepositoryName repository, Digest digest) throws IOException {
        Pass pass = new Pass(Instant.MAX, Duration.ZERO);
        pass.expireManifest(repository, digest);
        pass.expireTags(repository, digest);
        return pass.removed;
    }

    /** As the other method, for everything of a repository. */
    public long purge(RepositoryName repository) throws IOException {
        Pass pass = new Pass(Instant.MAX, Duration.ZERO);
        for (Iterator<Digest> manifests = contents.manifests(repository); manifests.hasNext(); ) {
            pass.expireManifest(repository, manifests.next());
        }
        for (Iterator<TrashedTag> tags = contents.tags(repository); tags.hasNext(); ) {
            pass.expire(repository, tags.next());
        }
        return pass.removed;
    }

    private final class Pass {
        private final Instant now;
        private final Duration window;
        private long removed;
        private boolean early;

        Pass(Instant now, Duration window) {
            this.now = now;
            this.window = window;
        }

        /** Removes what a time stands for, and the time, unless something of it has to stay for now. */
        void expire(ObjectKey key) throws IOException {
            Optional<Time> time = times.read(key);
            early = false;
            if (time.isPresent()) {
                RepositoryName repository = time.get().repository();
                Digest digest = time.get().digest();
                if (time.get().tag().isPresent()) {
                    expire(repository, new TrashedTag(time.get().tag().get(), digest));
                } else {
                    expireManifest(repository, digest);
                    expireTags(repository, digest);
                }
            }
            boolean over =
                    !TrashTimes.second(key).plus(window).plus(LONGEST_DELETION).isAfter(now);
            if (over && !early) {
                store.delete(key);
            }
        }

        private boolean expired(TrashObject object) {
            if (now.equals(Instant.MAX)) {
                return true;
            }
            if (object.at().plus(window).isAfter(now)) {
                // It was deleted again, and that has a time of its own.
                return false;
            }
            Instant written = object.written();
            if (written.isAfter(now.plus(ABSURD))) {
                return true;
            }
            boolean old = !written.plus(window).minus(SKEW).isAfter(now);
            early |= !old;
            return old;
        }

        void expireManifest(RepositoryName repository, Digest digest) throws IOException {
            ObjectKey key = Keys.trashedManifest(repository, digest);
            Optional<TrashObject> object = TrashObject.read(store, key);
            Optional<TrashedManifest.Read> read =
                    object.isPresent() ? TrashedManifest.of(object.get()) : Optional.empty();
            if (read.isEmpty()) {
                dropUnreadable(repository, digest, key);
            } else if (expired(object.get())) {
                Set<Digest> names = new LinkedHashSet<>(
                        List.of(digest, read.get().manifest().data()));
                removed +=
                        candidates.noteAround(names, Set.of(repository), () -> contents.remove(repository, read.get()))
                                ? 1
                                : 0;
            }
        }

        /** What is empty was removed before, and what is damaged cannot be restored. */
        private void dropUnreadable(RepositoryName repository, Digest digest, ObjectKey key) throws IOException {
            if (store.stat(key).isPresent()) {
                candidates.noteAround(Set.of(digest), Set.of(repository), () -> {
                    store.delete(key);
                    return true;
                });
            }
        }

        void expireTags(RepositoryName repository, Digest digest) throws IOException {
            for (Iterator<TrashedTag> tags = contents.tags(repository, digest); tags.hasNext(); ) {
                expire(repository, tags.next());
            }
        }

        void expire(RepositoryName repository, TrashedTag tag) throws IOException {
            ObjectKey key = TrashKeys.tag(repository, tag.digest(), tag.tag());
            Optional<TrashObject> object = TrashObject.read(store, key);
            if (object.isEmpty()) {
                contents.dropEmpty(key);
            } else if (expired(object.get())) {
                TrashContents.TagRead read = new TrashContents.TagRead(
                        object.get().at(), key, object.get().version());
                removed += contents.remove(read) ? 1 : 0;
            }
        }
    }
}

package dev.berth.registry.mirror;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the mirror has brought, within its budget. Thread-safe.
 *
 * <p>Whatever changes what there is holds {@link #changing}, also while it writes: so an image that is recorded does not
 * lose a blob to an eviction that has begun before. The state has a lock of its own, for a moment only, since every pull
 * notes its use.
 */
final class Shelf {
    private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);
    private static final String KEEP = "keep the records of the mirror";

    /** How often the records of other nodes are read, at least. */
    private static final Duration REFRESH = Duration.ofMinutes(10);

    /** They are read again when this part of the budget was brought here, so that nodes exceed it by so much together. */
    private static final int SHARE = 20;

    private final Registry cache;
    private final ShelfRecords records;
    private final LastUses lastUses;
    private final MirrorOptions options;
    private final MirrorListener listener;
    private final ReentrantLock changing = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final ShelfState state = new ShelfState();
    private final Map<ImageId, Instant> usedSince = new HashMap<>();
    private Instant refreshed = Instant.MIN;
    private long brought;
    private volatile boolean loaded;

    Shelf(Registry cache, ObjectStore store, MirrorOptions options, MirrorListener listener) {
        this.cache = cache;
        this.records = new ShelfRecords(store, options.name());
        this.lastUses = new LastUses(store, options.name());
        this.options = options;
        this.listener = listener;
    }

    /** Something that changes what there is. */
    private interface Change<T> {
        T make() throws IOException;
    }

    private <T> T change(Change<T> change) {
        changing.lock();
        try {
            return StoreCalls.call(KEEP, () -> {
                if (refreshed.equals(Instant.MIN) || hasBroughtMuch()) {
                    refresh();
                }
                return change.make();
            });
        } finally {
            changing.unlock();
        }
    }

    private <T> T look(Function<ShelfState, T> look) {
        lock.lock();
        try {
            return look.apply(state);
        } finally {
            lock.unlock();
        }
    }

    private void alter(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether so much was brought since the records were read that those of other nodes matter now. */
    private boolean hasBroughtMuch() {
        return look(now -> brought > options.budget() / SHARE);
    }

    private Instant now() {
        return options.clock().instant();
    }

    /**
     * Records an image and stores its manifest, in this order; evicts others if need be.
     *
     * @param store stores the manifest
     * @return whether it fits into the budget; if not, nothing was done
     */
    boolean keep(CachedImage image, Runnable store) {
        return change(() -> {
            if (!makeRoom(image.size())) {
                return false;
            }
            records.write(image);
            alter(() -> {
                state.add(image, now());
                usedSince.put(image.id(), now());
            });
            store.run();
            return true;
        });
    }

    /** Notes that an image was used. Does no I/O. */
    void use(ImageId image) {
        Instant now = now();
        alter(() -> {
            // One that is not known yet is read with its record.
            boolean unused = state.use(image, now);
            usedSince.put(image, now);
        });
    }

    /** Returns whether the mirror has brought an image. */
    boolean has(ImageId image) {
        return look(now -> now.has(image));
    }

    /**
     * A blob that is about to arrive.
     *
     * @param kept whether to keep it
     */
    record Arrival(ImageId blob, long size, boolean kept) {}

    /**
     * Makes room for a blob, and says whether to keep it. It is not kept if no image needs it any more, if the images that
     * do are larger than the budget, or if it does not fit beside what is arriving.
     */
    Arrival expect(ImageId blob, long size) {
        return change(() -> {
            if (!look(now -> now.isWorthKeeping(blob, size, options.budget()))) {
                return new Arrival(blob, size, false);
            }
            alter(() -> state.begin(blob, size));
            boolean marked = false;
            try {
                if (makeRoom(0)) {
                    records.markBlob(blob);
                    marked = true;
                }
                return new Arrival(blob, size, marked);
            } finally {
                if (!marked) {
                    alter(() -> state.end(blob));
                }
            }
        });
    }

    /** Counts a blob that has arrived. */
    void arrived(Arrival arrival) {
        alter(() -> {
            state.end(arrival.blob);
            state.addBlob(arrival.blob, arrival.size);
            brought += arrival.size;
        });
    }

    /** Forgets a blob that has not arrived. */
    void failed(Arrival arrival) {
        alter(() -> {
            state.end(arrival.blob);
            // It may be known from its marker.
            state.removeBlob(arrival.blob);
        });
        try {
            records.deleteBlob(arrival.blob);
        } catch (IOException e) {
            LOG.warn("The marker of the blob {} stays, although it has not arrived", arrival.blob, e);
        }
    }

    /** Returns another repository of this mirror that has a blob. */
    Optional<RepositoryName> holder(ImageId blob) {
        return look(now -> now.holder(blob.digest())).filter(found -> !found.equals(blob.repository()));
    }

    /** Forgets an image that was deleted here, and removes the blobs that only it needed. */
    void deleted(ImageId image) {
        boolean unused = change(() -> {
            if (look(now -> now.has(image))) {
                remove(Set.of(image));
            }
            return true;
        });
    }

    /** Forgets a blob that was deleted here. */
    void deletedBlob(ImageId blob) {
        boolean unused = change(() -> {
            if (look(now -> now.hasBlob(blob))) {
                removeBlob(blob);
            }
            return true;
        });
    }

    /** Returns a list of referrers that was kept with its subject. */
    Optional<List<Descriptor>> referrers(ImageId subject) {
        return StoreCalls.call(KEEP, () -> records.referrers(subject));
    }

    /** Keeps a list of referrers, if its subject is one that the mirror has brought. */
    void keepReferrers(ImageId subject, List<Descriptor> list) {
        boolean unused = change(() -> {
            if (look(now -> now.has(subject))) {
                records.writeReferrers(subject, list);
            }
            return true;
        });
    }

    /** Writes what was used since the last time, learns what other nodes have brought, and keeps to the budget. */
    void maintain() {
        boolean unused = change(() -> {
            Map<ImageId, Instant> uses = look(now -> {
                Map<ImageId, Instant> taken = new HashMap<>(usedSince);
                usedSince.clear();
                return taken;
            });
            uses.keySet().removeIf(image -> !look(now -> now.has(image)));
            if (!uses.isEmpty()) {
                try {
                    lastUses.write(uses, now());
                } catch (IOException e) {
                    alter(() -> uses.forEach(usedSince::putIfAbsent));
                    throw e;
                }
            }
            if (!now().isBefore(refreshed.plus(REFRESH))) {
                refresh();
            }
            dropOrphans();
            dropUnused();
            return makeRoom(0);
        });
    }

    private void dropUnused() throws IOException {
        if (options.unusedFor().isEmpty()) {
            return;
        }
        Instant limit = now().minus(options.unusedFor().get());
        while (look(ShelfState::oldest)
                .filter(group -> group.used().isBefore(limit))
                .isPresent()) {
            evictOldest();
        }
    }

    /** Reads what is recorded: all of it at first, and then what other nodes have changed. */
    private void refresh() throws IOException {
        // Blobs first: the record of an image that needs one is older than its marker.
        Set<ImageId> blobs = records.blobs();
        Set<ImageId> images = records.images();
        Instant now = now();
        Map<ImageId, Instant> uses = lastUses.read(images, now);
        // What another node has brought since was used, although it has not said so yet.
        Instant usual = refreshed.equals(Instant.MIN) ? unknownUse(now) : now;
        for (ImageId id : images) {
            if (!look(known -> known.has(id))
                    && options.upstreamName(id.repository()).isPresent()) {
                Optional<CachedImage> image = records.image(id);
                image.ifPresent(found -> alter(() -> state.add(found, uses.getOrDefault(id, usual))));
            }
        }
        alter(() -> {
            uses.forEach(state::use);
            usedSince.forEach(state::use);
            Set<ImageId> gone = new HashSet<>(state.imageIds());
            gone.removeAll(images);
            gone.forEach(state::remove);
            Set<ImageId> goneBlobs = new HashSet<>(state.blobIds());
            goneBlobs.removeAll(blobs);
            goneBlobs.forEach(state::removeBlob);
            for (ImageId blob : blobs) {
                if (options.upstreamName(blob.repository()).isPresent()) {
                    state.addBlob(blob, state.neededSize(blob).orElse(0L));
                }
            }
        });
        refreshed = now;
        alter(() -> brought = 0);
        loaded = true;
    }

    /** What a crash has kept from being written is not taken for long ago where that would be its end. */
    private Instant unknownUse(Instant now) {
        return options.unusedFor().isPresent() ? now : Instant.EPOCH;
    }

    private void dropOrphans() throws IOException {
        for (ImageId orphan : look(ShelfState::orphans)) {
            removeBlob(orphan);
        }
    }

    /** Evicts images until more bytes fit. Returns whether they do. */
    private boolean makeRoom(long more) throws IOException {
        while (look(now -> now.bytes() + now.arrivingBytes() + more > options.budget())) {
            if (!evictOldest()) {
                return false;
            }
        }
        return true;
    }

    /** Evicts the image that was not used for longest. Returns whether there is one. */
    private boolean evictOldest() throws IOException {
        Optional<ShelfState.Group> oldest = look(ShelfState::oldest);
        if (oldest.isEmpty()) {
            return false;
        }
        long freed = remove(oldest.get().members());
        listener.evicted(oldest.get().root().repository(), oldest.get().root().digest(), freed);
        return true;
    }

    /** Removes images and what only they need: manifests, blobs, and then the records. */
    private long remove(Set<ImageId> members) throws IOException {
        Set<ImageId> blobs = look(now -> now.blobsOfOnly(members));
        long freed = look(now -> now.bytesOf(members, blobs));
        for (ImageId member : members) {
            boolean unused =
                    repository(member).manifests().delete(member.digest()).deleted();
        }
        for (ImageId blob : blobs) {
            removeBlob(blob);
        }
        for (ImageId member : members) {
            records.deleteImage(member);
            alter(() -> {
                state.remove(member);
                usedSince.remove(member);
            });
        }
        return freed;
    }

    private void removeBlob(ImageId blob) throws IOException {
        boolean unused = repository(blob).blobs().delete(blob.digest());
        records.deleteBlob(blob);
        alter(() -> state.removeBlob(blob));
    }

    private Repository repository(ImageId id) {
        return cache.repository(id.repository());
    }

    MirrorStatus status(int downloads) {
        return look(now -> new MirrorStatus(now.size(), now.bytes(), options.budget(), now.arrivingBytes(), downloads));
    }

    /** Reads what is recorded, unless that was done. */
    void load() {
        if (!loaded) {
            boolean unused = change(() -> true);
        }
    }

    /** Logs a failure to keep something, which costs another download and nothing else. */
    static void warn(String what, RegistryException failure) {
        LOG.warn("The mirror could not keep {}: {}", what, failure.getMessage());
    }
}

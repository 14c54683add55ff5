package dev.berth.registry.quota;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What this node has reserved for uploads that have not ended. Thread-safe. */
final class UploadHolds {
    /** Of more uploads it is reserved with their last bytes only. */
    private static final int MOST = 10_000;

    /** After this time without a request it is looked whether an upload has ended elsewhere. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final Map<UploadId, UploadHold> all = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    UploadHolds(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Notes an upload of which nothing is stored yet. */
    void started(UploadId id, Supplier<Reservation> reservation) {
        if (all.size() < MOST) {
            all.computeIfAbsent(id, any -> new UploadHold(reservation.get(), true, nanoTime.getAsLong()));
        }
    }

    /** Returns what is reserved for an upload. It stays until {@link #leave}. */
    UploadHold enter(UploadId id, Supplier<Reservation> reservation) {
        return all.compute(id, (any, known) -> {
            UploadHold hold = known == null ? new UploadHold(reservation.get(), false, nanoTime.getAsLong()) : known;
            hold.enter();
            return hold;
        });
    }

    /**
     * Ends the use of an upload.
     *
     * @param before its id before
     * @param after its id now
     */
    void leave(UploadHold hold, UploadId before, UploadId after) {
        hold.leave(nanoTime.getAsLong());
        if (!before.equals(after) && all.remove(before, hold)) {
            all.put(after, hold);
        }
        if (all.size() > MOST) {
            forget(after, hold);
        }
    }

    /** Gives back what is reserved for an upload that has ended. */
    void ended(UploadId id) {
        UploadHold hold = all.remove(id);
        if (hold != null) {
            hold.releaseAll();
        }
    }

    private void forget(UploadId id, UploadHold hold) {
        if (hold.idle(nanoTime.getAsLong(), 0) && all.remove(id, hold)) {
            hold.releaseAll();
        }
    }

    /** Looks whether uploads have ended that this node has not seen for some time, and gives back what they had. */
    void check(Registry registry) {
        long now = nanoTime.getAsLong();
        for (Map.Entry<UploadId, UploadHold> next : all.entrySet()) {
            UploadHold hold = next.getValue();
            if (hold.idle(now, IDLE.toNanos()) && hasEnded(registry, hold.repository(), next.getKey())) {
                all.computeIfPresent(next.getKey(), (id, known) -> {
                    if (known != hold || !hold.idle(now, IDLE.toNanos())) {
                        return known;
                    }
                    hold.releaseAll();
                    return null;
                });
            }
        }
    }

    private static boolean hasEnded(Registry registry, RepositoryName repository, UploadId id) {
        try {
            registry.repository(repository).blobs().resumeUpload(id).close();
            return false;
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.BLOB_UPLOAD_UNKNOWN) {
                return true;
            }
            throw e;
        }
    }

    void releaseAll() {
        for (UploadId id : all.keySet()) {
            ended(id);
        }
    }
}

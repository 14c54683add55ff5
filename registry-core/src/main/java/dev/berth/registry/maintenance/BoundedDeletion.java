package dev.berth.registry.maintenance;

import dev.berth.registry.internal.store.Marks;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectKey;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Deletes objects for whoever has moved a mark to deleting, in batches, and begins none once the time for that is over. For one
 * thread.
 */
final class BoundedDeletion {
    private static final int BATCH = 100;

    /** What takes longer may have been sent to the store again after its answer was lost. */
    private static final Duration SENT_ONCE = Duration.ofSeconds(5);

    /** For so long pushes of the same data may have to wait. They wait twice as long. */
    private static final Duration LONG = Duration.ofSeconds(5);

    private final Pass pass;
    private final long begun;
    private final Set<ObjectKey> batch = new LinkedHashSet<>();
    private final Set<ObjectKey> behind = new LinkedHashSet<>();
    private boolean late;
    private boolean stopped;

    /**
     * Begins.
     *
     * @param begun when the mark was about to be moved, by {@link Pass#nanoTime}
     */
    BoundedDeletion(Pass pass, long begun) {
        this.pass = pass;
        this.begun = begun;
    }

    /** Deletes an object with the next batch. */
    void delete(ObjectKey key) throws IOException {
        batch.add(key);
        if (batch.size() == BATCH) {
            flush();
        }
    }

    /**
     * Deletes an entry that leads to something, when all is gone that was to be deleted before. So whoever goes on finds what is
     * left, and does not begin anew.
     */
    void deleteBehind(ObjectKey entry) throws IOException {
        behind.add(entry);
        if (behind.size() == BATCH) {
            flush();
        }
    }

    /** Stops here, if there is more to do, and those that wait have waited for long. */
    void stopIfLong(boolean more) {
        stopped = stopped || (more && pass.nanoTime() - begun >= LONG.toNanos());
    }

    /** Returns whether it is to be gone on with later. */
    boolean stopped() {
        return stopped;
    }

    /** Deletes what is in the batch. Nothing is deleted any more once it is too late, or one of them took too long. */
    void flush() throws IOException {
        send(batch);
        send(behind);
    }

    private void send(Set<ObjectKey> keys) throws IOException {
        late = late || pass.nanoTime() - begun >= Marks.DELETING.toNanos();
        if (!late && !keys.isEmpty()) {
            ObjectBatch.Builder changes = ObjectBatch.builder();
            keys.forEach(changes::delete);
            long sent = pass.nanoTime();
            pass.store.apply(changes.build());
            // The first request may be on its way still. So the mark stays until no request can live any more.
            late = !pass.store.exclusive() && pass.nanoTime() - sent >= SENT_ONCE.toNanos();
        }
        keys.clear();
    }

    /** Deletes the rest, and returns whether all was deleted. */
    boolean finish() throws IOException {
        flush();
        return !late;
    }
}

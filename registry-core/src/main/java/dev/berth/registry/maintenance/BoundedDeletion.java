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

    private final Pass pass;
    private final long begun;
    private final Set<ObjectKey> batch = new LinkedHashSet<>();
    private boolean late;

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

    /** Deletes what is in the batch. Nothing is deleted any more once it is too late, or one of them took too long. */
    void flush() throws IOException {
        late = late || pass.nanoTime() - begun >= Marks.DELETING.toNanos();
        if (!late && !batch.isEmpty()) {
            ObjectBatch.Builder changes = ObjectBatch.builder();
            batch.forEach(changes::delete);
            long sent = pass.nanoTime();
            pass.store.apply(changes.build());
            // The first request may be on its way still. So the mark stays until no request can live any more.
            late = !pass.store.exclusive() && pass.nanoTime() - sent >= SENT_ONCE.toNanos();
        }
        batch.clear();
    }

    /** Deletes the rest, and returns whether all was deleted. */
    boolean finish() throws IOException {
        flush();
        return !late;
    }
}

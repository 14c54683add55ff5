package dev.berth.registry.internal.store;

import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import dev.berth.registry.storage.StorageFullException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Whether the index is complete. Once it is, nothing is looked up again. Until then the format key is read again every
 * ten seconds, since another process may have built the index.
 */
public final class IndexState {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private final ObjectStore store;
    private final LayoutScan layout;
    private final InstantSource clock;
    private volatile boolean complete;
    private volatile boolean collectable;
    private volatile Instant incompleteUntil = Instant.MIN;

    IndexState(ObjectStore store, LayoutScan layout, InstantSource clock) {
        this.store = store;
        this.layout = layout;
        this.clock = clock;
    }

    /** Returns whether listings may rely on the index. An empty store gets a complete index. */
    public boolean complete() throws IOException {
        if (!complete && !clock.instant().isBefore(incompleteUntil)) {
            if (read().complete() || begin()) {
                complete = true;
            } else {
                incompleteUntil = clock.instant().plus(LOOK_AGAIN);
            }
        }
        return complete;
    }

    /** Returns whether collections may rely on the index as well: it is complete, and of the current version. */
    public boolean collectable() throws IOException {
        if (!collectable) {
            complete();
            collectable = read().collectable();
        }
        return collectable;
    }

    IndexFormat read() throws IOException {
        return SmallObject.read(store, Keys.INDEX_FORMAT)
                .map(object -> IndexFormat.parse(object.text()))
                .orElseGet(() -> IndexFormat.of(IndexFormat.State.ABSENT));
    }

    void write(IndexFormat format) throws IOException {
        store.put(Keys.INDEX_FORMAT, format.bytes(), PutCondition.always());
        complete = complete || format.complete();
    }

    private boolean begin() throws IOException {
        if (!layout.empty()) {
            return false;
        }
        byte[] complete = IndexFormat.of(IndexFormat.State.COMPLETE).bytes();
        try {
            return store.put(Keys.INDEX_FORMAT, complete, PutCondition.ifAbsent())
                    .isPresent();
        } catch (StorageFullException e) {
            // An empty store without room is no reason to refuse reading from it.
            return false;
        }
    }
}

package dev.berth.registry.internal.store;

import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

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
    private volatile Instant incompleteUntil = Instant.MIN;

    IndexState(ObjectStore store, LayoutScan layout, InstantSource clock) {
        this.store = store;
        this.layout = layout;
        this.clock = clock;
    }

    /** Returns whether listings may rely on the index. An empty store gets a complete index. */
    public boolean complete() throws IOException {
        if (!complete && !clock.instant().isBefore(incompleteUntil)) {
            if (read().state() == IndexFormat.State.COMPLETE || begin()) {
                complete = true;
            } else {
                incompleteUntil = clock.instant().plus(LOOK_AGAIN);
            }
        }
        return complete;
    }

    IndexFormat read() throws IOException {
        Optional<ObjectContent> found = store.open(Keys.INDEX_FORMAT, 0, 4096);
        if (found.isEmpty()) {
            return IndexFormat.of(IndexFormat.State.ABSENT);
        }
        try (ObjectContent content = found.get()) {
            return IndexFormat.parse(content.stream().readAllBytes());
        }
    }

    void write(IndexFormat format) throws IOException {
        store.put(Keys.INDEX_FORMAT, format.bytes(), PutCondition.always());
        complete = complete || format.state() == IndexFormat.State.COMPLETE;
    }

    private boolean begin() throws IOException {
        return layout.empty()
                && store.put(
                                Keys.INDEX_FORMAT,
                                IndexFormat.of(IndexFormat.State.COMPLETE).bytes(),
                                PutCondition.ifAbsent())
                        .isPresent();
    }
}

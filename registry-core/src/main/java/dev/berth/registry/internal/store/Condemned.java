package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Which data a collection is about to remove. Pushes treat it as absent, and rescue it by pushing it again.
 *
 * <p>Whether a collection runs at all is looked up at most once in {@link #ANNOUNCEMENT_AGE}, so that requests pay for
 * collections only while there is one. A collection therefore announces itself, and waits for longer than that, before
 * it condemns anything.
 */
public final class Condemned {
    /** For how long a node may go on believing that no collection runs. */
    public static final Duration ANNOUNCEMENT_AGE = Duration.ofSeconds(10);

    private final ObjectStore store;
    private final InstantSource clock;
    private volatile Announcement known = new Announcement(false, Instant.MIN);

    public Condemned(ObjectStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    boolean contains(Digest data) throws IOException {
        return collectionRuns() && store.stat(Keys.condemned(data)).isPresent();
    }

    /** Takes data out that was written anew. */
    void rescue(Digest data) throws IOException {
        if (collectionRuns()) {
            store.delete(Keys.condemned(data));
        }
    }

    private boolean collectionRuns() throws IOException {
        Announcement current = known;
        Instant now = clock.instant();
        if (now.isBefore(current.validUntil())) {
            return current.running();
        }
        boolean running = store.stat(Keys.COLLECTION_RUNNING).isPresent();
        known = new Announcement(running, now.plus(ANNOUNCEMENT_AGE));
        return running;
    }

    private record Announcement(boolean running, Instant validUntil) {}
}

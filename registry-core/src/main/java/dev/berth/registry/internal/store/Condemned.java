package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The data that a collection is about to delete. A push treats it as absent, and rescues it by writing it again.
 *
 * <p>Whether a collection runs is looked up at most once per {@link #ANNOUNCEMENT_AGE}, so that requests pay for
 * collections only while one runs. A collection therefore announces itself, and waits for longer than that before it
 * condemns anything.
 */
public final class Condemned {
    /** How long a process may rely on its knowledge that no collection runs. */
    public static final Duration ANNOUNCEMENT_AGE = Duration.ofSeconds(10);

    private final ObjectStore store;
    private final InstantSource clock;
    private volatile Announcement known = new Announcement(false, Instant.MIN);

    Condemned(ObjectStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    boolean contains(Digest data) throws IOException {
        return collectionRuns() && store.stat(Keys.condemned(data)).isPresent();
    }

    /** Removes the mark of data that was written again. */
    void rescue(Digest data) throws IOException {
        if (collectionRuns()) {
            store.delete(Keys.condemned(data));
        }
    }

    boolean collectionRuns() throws IOException {
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

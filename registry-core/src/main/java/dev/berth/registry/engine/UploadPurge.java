package dev.berth.registry.engine;

import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.StoredNames;
import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;

/** Deletes uploads that have expired. */
final class UploadPurge {
    private final Engine engine;

    UploadPurge(Engine engine) {
        this.engine = engine;
    }

    /** Deletes every upload that was last active before the given time, and returns their number. */
    int run(Instant before) throws IOException {
        int dropped = 0;
        Iterator<String> ids = StoredNames.level(
                engine.store,
                "look for uploads that have expired",
                Keys.UPLOADS,
                Optional.empty(),
                OptionalLong.empty(),
                name -> name.endsWith("/") ? Optional.of(name.substring(0, name.length() - 1)) : Optional.empty());
        while (ids.hasNext()) {
            String id = ids.next();
            if (expired(id, before)) {
                StoredUpload.drop(engine, id);
                dropped++;
            }
        }
        // Leftovers of writes whose process died.
        engine.store.dropLeftovers(Keys.UPLOADS, before);
        engine.store.dropLeftovers(Keys.BLOBS, before);
        return dropped;
    }

    private boolean expired(String id, Instant before) throws IOException {
        Optional<Instant> lastActive =
                engine.uploadRecords.read(id).map(found -> found.record().lastActive());
        if (lastActive.isEmpty()) {
            // The record is written before the first byte and deleted after the last one; so it is missing or damaged.
            return true;
        }
        return lastActive.get().isBefore(before);
    }
}

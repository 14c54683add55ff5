package dev.berth.registry.engine;

import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.StoredNames;
import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;

/** Drops uploads that nobody goes on with. */
final class UploadPurge {
    private final Engine engine;

    UploadPurge(Engine engine) {
        this.engine = engine;
    }

    /** Drops every upload that was last active before the given time, and returns how many. */
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
        // What was to become data, or a part of an upload, when its process died.
        engine.store.dropLeftovers(Keys.UPLOADS, before);
        engine.store.dropLeftovers(Keys.BLOBS, before);
        return dropped;
    }

    private boolean expired(String id, Instant before) throws IOException {
        Optional<Instant> lastActive =
                engine.uploadRecords.read(id).map(found -> found.record().lastActive());
        if (lastActive.isEmpty()) {
            // The record is written before the first byte and removed after the last one, or it is damaged.
            return true;
        }
        return lastActive.get().isBefore(before);
    }
}

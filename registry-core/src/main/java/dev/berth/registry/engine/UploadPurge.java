package dev.berth.registry.engine;

import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.StoredNames;
import dev.berth.registry.internal.store.UploadRecords;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Deletes uploads that have expired. */
final class UploadPurge {
    private final Engine engine;

    UploadPurge(Engine engine) {
        this.engine = engine;
    }

    /** Deletes every upload that has been idle for longer than this, and returns their number. */
    int run(Duration expiry) throws IOException {
        int dropped = 0;
        Set<String> ended = new HashSet<>(engine.idleUploads.known());
        Iterator<String> ids = StoredNames.level(
                engine.store,
                "look for uploads that have expired",
                Keys.UPLOADS,
                Optional.empty(),
                OptionalLong.empty(),
                name -> name.endsWith("/") ? Optional.of(name.substring(0, name.length() - 1)) : Optional.empty());
        while (ids.hasNext()) {
            String id = ids.next();
            ended.remove(id);
            if (expired(id, expiry)) {
                StoredUpload.drop(engine, id);
                dropped++;
            }
        }
        ended.forEach(engine.idleUploads::forget);
        // Leftovers of writes whose process died.
        engine.store.dropLeftovers(Keys.UPLOADS, expiry);
        engine.store.dropLeftovers(Keys.BLOBS, expiry);
        return dropped;
    }

    private boolean expired(String id, Duration expiry) throws IOException {
        Optional<UploadRecords.Versioned> found = engine.uploadRecords.read(id);
        if (found.isEmpty()) {
            // The record is written before the first byte and deleted after the last one; so it is missing or damaged.
            return true;
        }
        return engine.idleUploads.idle(id, found.get().version()).compareTo(expiry) > 0;
    }
}

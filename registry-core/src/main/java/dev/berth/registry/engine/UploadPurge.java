package dev.berth.registry.engine;

import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.StoredNames;
import dev.berth.registry.internal.store.UploadRecords;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Deletes uploads that have expired. */
final class UploadPurge {
    /** Stands for the version of a record where there is none. */
    private static final ObjectVersion NO_RECORD = new ObjectVersion("none");

    private final Engine engine;

    UploadPurge(Engine engine) {
        this.engine = engine;
    }

    /** Deletes every upload that has been idle for longer than this, and returns their number. */
    int run(Duration expiry) throws IOException {
        Set<String> ended = new HashSet<>(engine.idleUploads.known());
        int dropped = 0;
        for (Iterator<String> ids = names(Keys.UPLOADS); ids.hasNext(); ) {
            String id = ids.next();
            ended.remove(id);
            if (id.endsWith("/") ? dropFormer(id, expiry) : dropRecorded(id, expiry)) {
                dropped++;
            }
        }
        for (Iterator<String> ids = names(Keys.STAGING); ids.hasNext(); ) {
            String name = ids.next();
            String id = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
            ended.remove(id);
            if (engine.store.stat(Keys.uploadRecord(id)).isEmpty() && isIdle(id, NO_RECORD, expiry)) {
                drop(id);
                dropped++;
            }
        }
        ended.forEach(engine.idleUploads::forget);
        // Leftovers of writes whose process died.
        engine.store.dropLeftovers(Keys.UPLOADS, expiry);
        engine.store.dropLeftovers(Keys.STAGING, expiry);
        engine.store.dropLeftovers(Keys.BLOBS, expiry);
        return dropped;
    }

    private Iterator<String> names(KeyPrefix prefix) {
        return StoredNames.level(
                engine.store,
                "look for uploads that have expired",
                prefix,
                Optional.empty(),
                OptionalLong.empty(),
                Optional::of);
    }

    private boolean dropRecorded(String id, Duration expiry) throws IOException {
        Optional<UploadRecords.Versioned> found = engine.uploadRecords.read(id);
        // A record that is there and cannot be used is damaged, or of before a crash. One that is not has just been
        // removed.
        boolean expired = found.isPresent()
                ? isIdle(id, found.get().version(), expiry)
                : engine.store.stat(Keys.uploadRecord(id)).isPresent();
        if (expired) {
            drop(id);
        }
        return expired;
    }

    /** As older versions kept an upload: the record and the bytes below a common prefix. */
    private boolean dropFormer(String name, Duration expiry) throws IOException {
        boolean expired = isIdle(name, NO_RECORD, expiry);
        if (expired) {
            engine.store.deleteTree(KeyPrefix.of(Keys.UPLOADS + name));
        }
        return expired;
    }

    private void drop(String id) throws IOException {
        UploadSession.drop(engine, id);
        engine.store.deleteTree(KeyPrefix.of(Keys.uploadStaging(id) + "/"));
    }

    private boolean isIdle(String id, ObjectVersion record, Duration expiry) {
        return engine.idleUploads.idle(id, record).compareTo(expiry) > 0;
    }
}

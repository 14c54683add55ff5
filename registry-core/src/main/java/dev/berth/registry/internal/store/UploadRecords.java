package dev.berth.registry.internal.store;

import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.util.Optional;

/** The records of uploads. */
public final class UploadRecords {
    private final ObjectStore store;

    UploadRecords(ObjectStore store) {
        this.store = store;
    }

    /** A record and the version in which it was read. */
    public record Versioned(UploadRecord record, ObjectVersion version) {}

    /** Reads a record, or returns empty if there is none, or it is damaged. */
    public Optional<Versioned> read(String id) throws IOException {
        return SmallObject.read(store, Keys.uploadRecord(id))
                .flatMap(object ->
                        UploadRecord.parse(object.text()).map(record -> new Versioned(record, object.version())));
    }

    /** Writes the record of a new upload, and returns its version. */
    public Optional<ObjectVersion> create(String id, UploadRecord record) throws IOException {
        return store.put(Keys.uploadRecord(id), record.bytes(), PutCondition.ifAbsent());
    }

    /**
     * Replaces a record if it still has the given version. If another process has replaced it, nothing is lost: the record
     * only saves reading bytes back, and stays true of the bytes that it covers.
     *
     * @return the record as it is now, or empty if another process has replaced it
     */
    public Optional<Versioned> update(String id, UploadRecord record, ObjectVersion read) throws IOException {
        return store.put(Keys.uploadRecord(id), record.bytes(), PutCondition.ifUnchanged(read))
                .map(version -> new Versioned(record, version));
    }

    /** Deletes everything of an upload. */
    public void remove(String id) throws IOException {
        store.deleteTree(Keys.upload(id));
    }
}

package dev.berth.registry.internal.store;

import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * The records of uploads. They are not synced: a crash of the system may lose one, and with it the upload, or bring back one
 * that says too little. The latter is known by its epoch, and counts as missing.
 */
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
                        UploadRecord.parse(object.text()).map(record -> new Versioned(record, object.version())))
                .filter(found -> found.record().epoch().equals(store.transientEpoch()));
    }

    /** Writes the record of a new upload, and returns it, or empty if there is one. */
    public Optional<Versioned> create(String id, RepositoryName repository, DigestAlgorithm algorithm, Instant now)
            throws IOException {
        return restore(id, UploadRecord.start(repository, algorithm, now, store.transientEpoch()));
    }

    /** Writes a record that was deleted. */
    public Optional<Versioned> restore(String id, UploadRecord record) throws IOException {
        return store.putTransient(Keys.uploadRecord(id), record.bytes(), PutCondition.ifAbsent())
                .map(version -> new Versioned(record, version));
    }

    /**
     * Replaces a record if it still has the given version. If another process has replaced it, nothing is lost: the record
     * only saves reading bytes back, and stays true of the bytes that it covers.
     *
     * @return the record as it is now, or empty if another process has replaced it
     */
    public Optional<Versioned> update(String id, UploadRecord record, ObjectVersion read) throws IOException {
        return store.putTransient(Keys.uploadRecord(id), record.bytes(), PutCondition.ifUnchanged(read))
                .map(version -> new Versioned(record, version));
    }

    /** Deletes a record. */
    public void remove(String id) throws IOException {
        store.delete(Keys.uploadRecord(id));
    }
}

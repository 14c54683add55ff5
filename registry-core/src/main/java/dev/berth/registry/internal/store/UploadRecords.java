package dev.berth.registry.internal.store;

import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.util.Optional;

/** Reads and writes the records of uploads. */
public final class UploadRecords {
    private final ObjectStore store;

    public UploadRecords(ObjectStore store) {
        this.store = store;
    }

    /** A record and the state it was read in. */
    public record Versioned(UploadRecord record, ObjectVersion version) {}

    public Optional<Versioned> read(String id) throws IOException {
        Optional<ObjectContent> found = store.open(Keys.uploadRecord(id), 0, 4096);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (ObjectContent content = found.get()) {
            return UploadRecord.parse(content.stream().readAllBytes())
                    .map(record -> new Versioned(record, content.stat().version()));
        }
    }

    public void create(String id, UploadRecord record) throws IOException {
        store.put(Keys.uploadRecord(id), record.bytes(), PutCondition.ifAbsent());
    }

    /**
     * Replaces a record unless somebody else has, who then knew as much: the record only saves reading bytes back, and
     * what it says of them stays true.
     *
     * @return the record as it is now, or empty if somebody else has
     */
    public Optional<Versioned> update(String id, UploadRecord record, ObjectVersion read) throws IOException {
        return store.put(Keys.uploadRecord(id), record.bytes(), PutCondition.ifUnchanged(read))
                .map(version -> new Versioned(record, version));
    }

    /** Ends an upload: everything of it goes. */
    public void remove(String id) throws IOException {
        store.deleteTree(Keys.upload(id));
    }
}

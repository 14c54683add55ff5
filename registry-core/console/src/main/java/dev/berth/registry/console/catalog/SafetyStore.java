package dev.berth.registry.console.catalog;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.eventlog.WholeObject;
import dev.berth.registry.internal.store.SortableName;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.util.Optional;

/** What is known of the safety of images in the store, an object for each repository. */
final class SafetyStore {
    private final ObjectStore store;
    private final KeyPrefix prefix;

    /** A record and the version that was read; no version if there is none. */
    record Stored(SafetyRecord record, Optional<ObjectVersion> version) {}

    SafetyStore(ObjectStore store, KeyPrefix prefix) {
        this.store = store;
        this.prefix = prefix;
    }

    /** Reads a record: nothing is known if there is none that can be read. */
    Stored read(RepositoryName name) throws IOException {
        Optional<WholeObject> found = WholeObject.open(store, key(name));
        return new Stored(
                found.flatMap(object -> SafetyJson.read(object.content())).orElse(SafetyRecord.NONE),
                found.map(WholeObject::version));
    }

    /** Writes a record if nobody has since it was read, and returns whether. One that says nothing is deleted. */
    boolean write(RepositoryName name, SafetyRecord record, Optional<ObjectVersion> version) throws IOException {
        if (record.images().isEmpty()) {
            return version.isEmpty() || store.deleteIfUnchanged(key(name), version.get());
        }
        PutCondition condition = version.map(PutCondition::ifUnchanged).orElseGet(PutCondition::ifAbsent);
        return store.put(key(name), SafetyJson.write(record), condition).isPresent();
    }

    private ObjectKey key(RepositoryName name) {
        return prefix.key(SortableName.encode(name));
    }
}

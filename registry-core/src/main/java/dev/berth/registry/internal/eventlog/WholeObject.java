package dev.berth.registry.internal.eventlog;

import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import java.io.IOException;
import java.util.Optional;

/**
 * An object that is read as a whole. Immutable; the content is not copied.
 */
public final class WholeObject {
    private final byte[] content;
    private final ObjectVersion version;

    private WholeObject(byte[] content, ObjectVersion version) {
        this.content = content;
        this.version = version;
    }

    /** Returns an object, or empty if there is none. */
    public static Optional<WholeObject> open(ObjectStore store, ObjectKey key) throws IOException {
        Optional<ObjectContent> found = store.open(key, 0, ObjectStore.MAX_PUT_BYTES);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (ObjectContent content = found.get()) {
            return Optional.of(new WholeObject(
                    content.stream().readAllBytes(), content.stat().version()));
        }
    }

    static Optional<byte[]> read(ObjectStore store, ObjectKey key) throws IOException {
        return open(store, key).map(WholeObject::content);
    }

    /** Returns the content, which must not be changed. */
    public byte[] content() {
        return content;
    }

    /** Returns the version that was read. */
    public ObjectVersion version() {
        return version;
    }
}

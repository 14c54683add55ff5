package dev.berth.registry.internal.store;

import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An object that is read as a whole, since it has a few lines of text.
 *
 * @param text its content
 * @param version the version that was read
 */
record SmallObject(String text, ObjectVersion version) {
    /** More than any object that this package writes has. */
    private static final int LONGEST = 4096;

    /** Reads an object, or returns empty if there is none. One that is too long is cut. */
    static Optional<SmallObject> read(ObjectStore store, ObjectKey key) throws IOException {
        Optional<ObjectContent> found = store.open(key, 0, LONGEST);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (ObjectContent content = found.get()) {
            // Not readAllBytes(), whose buffers are a hundred times as large as what is read at every pull.
            byte[] bytes = new byte[(int) Math.min(LONGEST, content.stat().size())];
            int read = content.stream().readNBytes(bytes, 0, bytes.length);
            return Optional.of(new SmallObject(
                    new String(bytes, 0, read, StandardCharsets.UTF_8),
                    content.stat().version()));
        }
    }
}

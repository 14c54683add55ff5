package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes small objects that a deletion needs, in the room of the reserve if there is no other. */
final class DeletionWriter {
    private final ObjectWriter writer;
    private final Durability durability;
    private final Reserve reserve;

    DeletionWriter(ObjectWriter writer, Durability durability, Reserve reserve) {
        this.writer = writer;
        this.durability = durability;
        this.reserve = reserve;
    }

    /** Returns the version that was written, or null if the condition did not hold. */
    @Nullable ObjectVersion put(Path object, byte[] content, PutCondition condition) throws IOException {
        try (ObjectWriter.Put put = writer.prepare(object, content, condition)) {
            durability.make(List.of(put));
            return put.version();
        } catch (IOException e) {
            if (!DiskFull.saysFull(e)) {
                throw e;
            }
            Path file = reserve.take().orElseThrow(() -> e);
            try (ObjectWriter.Put put = writer.prepareInside(file, object, content, condition)) {
                putInReserve(put);
                return put.version();
            }
        }
    }

    /** With the room of the reserve for the directories. */
    private void putInReserve(Change put) throws IOException {
        while (true) {
            try {
                durability.make(List.of(put));
                return;
            } catch (IOException e) {
                if (!DiskFull.saysFull(e) || !reserve.release()) {
                    throw e;
                }
            }
        }
    }
}

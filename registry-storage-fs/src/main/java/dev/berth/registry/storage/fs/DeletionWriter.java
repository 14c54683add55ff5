package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

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

    void put(Path object, byte[] content) throws IOException {
        try (Change put = writer.prepare(object, content, PutCondition.always())) {
            durability.make(List.of(put));
        } catch (IOException e) {
            if (!DiskFull.saysFull(e)) {
                throw e;
            }
            Path file = reserve.take().orElseThrow(() -> e);
            try (Change put = writer.prepareInside(file, object, content)) {
                putInReserve(put);
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

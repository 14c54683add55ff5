package dev.berth.registry.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The directory of objects that need not be durable, of which there is always another one soon. */
class TransientDirectoryTest {
    private static final ObjectKey RECORD = ObjectKey.of("uploads/1");

    @TempDir
    private Path root;

    @Test
    void staysUntilTheStoreIsClosed() throws IOException {
        try (FileObjectStore store = FileObjectStore.open(root)) {
            store.putTransient(RECORD, new byte[1], PutCondition.ifAbsent());
            store.delete(RECORD);
            assertThat(root.resolve("uploads")).isEmptyDirectory();
            store.putTransient(RECORD, new byte[1], PutCondition.ifAbsent());
            store.delete(RECORD);
        }
        assertThat(root.resolve("uploads")).doesNotExist();
    }

    @Test
    void staysWithAnObject() throws IOException {
        try (FileObjectStore store = FileObjectStore.open(root)) {
            store.putTransient(RECORD, new byte[1], PutCondition.ifAbsent());
        }
        assertThat(root.resolve("uploads/1")).hasSize(1);
    }
}

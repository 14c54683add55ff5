package dev.berth.registry.storage.fs;

import dev.berth.registry.fixtures.RepeatedAppendContract;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Appends whose answer was lost, over a directory. */
class FileRepeatedAppendTest extends RepeatedAppendContract {
    @TempDir
    private Path directory;

    private @Nullable FileObjectStore store;

    @Override
    protected ObjectStore store() throws IOException {
        store = FileObjectStore.open(directory.resolve("store"));
        return store;
    }

    @AfterEach
    void close() throws IOException {
        if (store != null) {
            store.close();
        }
    }
}

package dev.berth.registry.storage.fs;

import dev.berth.registry.engine.UndeleteContract;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Undelete over a directory. */
class FileUndeleteTest extends UndeleteContract {
    @TempDir
    private Path directory;

    private FileObjectStore store;

    @Override
    protected ObjectStore emptyStore() throws IOException {
        store = FileObjectStore.open(directory.resolve("registry"));
        return store;
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }
}

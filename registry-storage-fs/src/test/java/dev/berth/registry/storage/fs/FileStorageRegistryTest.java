package dev.berth.registry.storage.fs;

import dev.berth.registry.Registry;
import dev.berth.registry.contract.RegistryContract;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract of registries, kept by the engine over one directory, which all tests share. */
class FileStorageRegistryTest extends RegistryContract {
    @TempDir
    private static Path directory;

    private static ObjectStore store;
    private static Registry registry;

    @BeforeAll
    static void open() throws IOException {
        store = FileObjectStore.open(directory.resolve("registry"));
        registry = StorageRegistry.over(store);
    }

    @AfterAll
    static void close() throws IOException {
        registry.close();
        store.close();
    }

    @Override
    protected Registry registry() {
        return registry;
    }

    @Override
    protected Optional<Registry> elsewhere() {
        return Optional.of(StorageRegistry.over(store));
    }
}

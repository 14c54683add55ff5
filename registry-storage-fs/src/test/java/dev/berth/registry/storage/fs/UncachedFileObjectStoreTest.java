package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** The promises of the storage interface, with nothing kept in memory. */
@Tag("any-jdk")
class UncachedFileObjectStoreTest extends FileObjectStoreTest {
    @Override
    ObjectStore open(Path root) throws IOException {
        return FileObjectStore.open(
                root, FileStorageOptions.builder().cacheBytes(0).build());
    }
}

package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The same promises on a disk without hard links, that does not count directories and that keeps whole seconds only: the
 * store takes it for one.
 */
@EnabledIfSystemProperty(
        named = "berth.it.long",
        matches = "true",
        disabledReason = "takes half a minute; set -Dberth.it.long=true to run it")
class FileObjectStoreOnPlainDiskTest extends FileObjectStoreTest {

    @Override
    ObjectStore open(Path root) throws IOException {
        return FileObjectStore.open(
                root,
                FileStorageOptions.defaults(),
                InstantSource.system(),
                found -> new DiskTraits(false, false, false),
                // Whether it syncs is not what this is about.
                new WatchedSync());
    }
}

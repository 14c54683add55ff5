package dev.berth.registry.storage.fs;

import dev.berth.registry.contract.ObjectStoreContract;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The promises of the storage interface, on the disk on which the tests run. */
class FileObjectStoreTest extends ObjectStoreContract {
    private final List<MemoryDisk> disks = new ArrayList<>();

    @TempDir
    private Path directory;

    @Override
    protected ObjectStore create() throws IOException {
        return open(Files.createTempDirectory(directory, "store"));
    }

    @Override
    protected ObjectStore reopen(ObjectStore store) throws IOException {
        store.close();
        return open(Path.of(store.identity().substring("file:".length())));
    }

    @Override
    protected Optional<ObjectStore> createWithRoomFor(int bytes) throws IOException {
        // Enough for one file more that is deleted: a process that another thread starts has it open for a moment.
        Optional<MemoryDisk> disk = MemoryDisk.mount(directory, "size=" + (bytes + bytes * 3 / 4));
        if (disk.isEmpty()) {
            return Optional.empty();
        }
        disks.add(disk.get());
        return Optional.of(open(disk.get().directory()));
    }

    /** A few pages. {@link FileListingTest} has directories that are really large. */
    @Override
    protected int manyKeys() {
        return 3_000;
    }

    /** Opens the store to be tested. */
    ObjectStore open(Path root) throws IOException {
        return FileObjectStore.open(root);
    }

    @AfterEach
    void unmount() throws IOException {
        for (MemoryDisk disk : disks) {
            disk.close();
        }
    }
}

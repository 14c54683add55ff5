package dev.berth.examples.standalone.maintenance;

import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.configuration.Storage;
import dev.berth.examples.standalone.serve.StorageFlags;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.engine.Trash;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import picocli.CommandLine.Mixin;

/** The storage of a command that looks into the trash. */
final class TrashStorage {
    @Mixin
    private final StorageFlags flags = new StorageFlags();

    /** Something to do with the trash. */
    interface Action {
        int run(Trash trash);
    }

    /** Opens the storage, and returns what the action does. */
    int use(Action action) throws IOException {
        Settings settings = flags.read();
        Storage where = settings.storage();
        StorageFlags.requireStorage(settings, "restore");
        try (ObjectStore store = where.open();
                StorageRegistry registry = StorageRegistry.over(store, settings.storageOptions())) {
            return action.run(registry.trash());
        }
    }
}

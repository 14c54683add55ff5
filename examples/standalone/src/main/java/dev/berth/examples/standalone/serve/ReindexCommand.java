package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.cli.Version;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code berth reindex}: builds the index of a storage that {@code registry:2} wrote to. */
@Command(
        name = "reindex",
        description = {
            "Rebuilds the index of listings, for a storage into which registry:2 has written.",
            "Until then, its images are served but may be missing from listings, or listing takes long.",
            "May be interrupted, and continues when it is run again. Registries may serve a",
            "bucket meanwhile; no other process may use a directory."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class ReindexCommand implements Callable<Integer> {
    @Mixin
    private final StorageFlags flags = new StorageFlags();

    @Override
    public Integer call() throws IOException {
        Settings settings = flags.read();
        StorageFlags.requireStorage(settings, "index");
        try (ObjectStore store = settings.storage().open();
                StorageRegistry registry = StorageRegistry.over(store)) {
            registry.rebuildIndex(repository -> System.out.println("indexed " + repository));
        }
        System.out.println("The index of " + settings.storage() + " is complete.");
        return 0;
    }
}

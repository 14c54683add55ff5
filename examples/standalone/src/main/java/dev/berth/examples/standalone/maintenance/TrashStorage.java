package dev.berth.examples.standalone.maintenance;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.configuration.SettingsReader;
import dev.berth.examples.standalone.configuration.Storage;
import dev.berth.examples.standalone.serve.Logging;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.engine.Trash;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The storage of a command that looks into the trash. */
final class TrashStorage {
    @Option(
            names = "--storage",
            paramLabel = "DIR|s3://BUCKET",
            description = "The storage, as of 'serve'; ./berth-data by default.")
    private @Nullable String storage;

    @Option(names = "--config", paramLabel = "FILE.yml", description = "A configuration file of registry:2.")
    private @Nullable Path config;

    /** Something to do with the trash. */
    interface Action {
        int run(Trash trash);
    }

    /** Opens the storage, and returns what the action does. */
    int use(Action action) throws IOException {
        Settings settings = SettingsReader.read(
                Optional.empty(), Optional.ofNullable(storage), Optional.ofNullable(config), System.getenv());
        Logging.configure(settings);
        Storage where = settings.storage();
        if (!where.exists()) {
            throw new CommandException("There is nothing to restore: the directory " + where
                    + " does not exist; name the one that the registry stores in with --storage.");
        }
        StorageOptions.Builder options = StorageOptions.builder()
                .undelete(settings.undelete())
                .requireBlobs(settings.validation().blobs())
                .requireManifests(settings.validation().manifests());
        settings.manifests().applyTo(options);
        try (ObjectStore store = where.open();
                StorageRegistry registry = StorageRegistry.over(store, options.build())) {
            return action.run(registry.trash());
        }
    }
}

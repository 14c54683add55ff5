package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.Version;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.configuration.SettingsReader;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
    @Option(
            names = "--storage",
            paramLabel = "DIR|s3://BUCKET",
            description = "The storage, as of 'serve'; ./berth-data by default.")
    private @Nullable String storage;

    @Option(names = "--config", paramLabel = "FILE.yml", description = "A configuration file of registry:2.")
    private @Nullable Path config;

    @Override
    public Integer call() throws IOException {
        Settings settings = SettingsReader.read(
                Optional.empty(), Optional.ofNullable(storage), Optional.ofNullable(config), System.getenv());
        Logging.configure(settings);
        if (!settings.storage().exists()) {
            throw new CommandException("There is nothing to index: the directory " + settings.storage()
                    + " does not exist; name the one that the registry stores in with --storage.");
        }
        try (ObjectStore store = settings.storage().open();
                StorageRegistry registry = StorageRegistry.over(store)) {
            registry.rebuildIndex(repository -> System.out.println("indexed " + repository));
        }
        System.out.println("The index of " + settings.storage() + " is complete.");
        return 0;
    }
}

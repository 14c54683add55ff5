package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.configuration.SettingsSource;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say on which storage a command works, and with which settings. */
public final class StorageFlags {
    @Option(
            names = "--storage",
            paramLabel = "DIR|s3://BUCKET",
            description = "The storage, as of 'serve'; ./berth-data by default.")
    private @Nullable String storage;

    @Option(names = "--config", paramLabel = "FILE.yml", description = "A configuration file of registry:2.")
    private @Nullable Path config;

    /** Reads the settings, and configures logging by them. */
    public Settings read() {
        Settings settings = new SettingsSource(
                        Optional.empty(), Optional.ofNullable(storage), Optional.ofNullable(config), System.getenv())
                .read();
        Logging.configure(settings);
        return settings;
    }

    /**
     * Requires that there is a storage.
     *
     * @param purpose what there is nothing to do with otherwise, such as "check"
     */
    public static void requireStorage(Settings settings, String purpose) {
        if (!settings.storage().exists()) {
            throw new CommandException("There is nothing to " + purpose + ": the directory " + settings.storage()
                    + " does not exist; name the one that the registry stores in with --storage.");
        }
    }
}

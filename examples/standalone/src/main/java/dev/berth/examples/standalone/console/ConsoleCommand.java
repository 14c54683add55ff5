package dev.berth.examples.standalone.console;

import dev.berth.examples.standalone.cli.CommandGroup;
import dev.berth.examples.standalone.cli.Version;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.serve.StorageFlags;
import dev.berth.registry.console.ConsoleLists;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code berth console}: what belongs to the pages of a registry. */
@Command(
        name = "console",
        description = "Maintains what the pages and searches of a registry are made from.",
        subcommands = ConsoleCommand.Rebuild.class)
public final class ConsoleCommand extends CommandGroup {

    /** {@code berth console rebuild}: makes the lists again. */
    @Command(
            name = "rebuild",
            description = {
                "Makes the lists that pages and searches are made from again, by a look at",
                "each tag. Registries do this by themselves for what has no list; it is needed",
                "after one was killed while somebody pushed. May be interrupted. Registries may",
                "serve a bucket meanwhile; no other process may use a directory.",
                ""
            },
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Rebuild implements Callable<Integer> {
        @Mixin
        private final StorageFlags flags = new StorageFlags();

        @Override
        public Integer call() throws IOException {
            Settings settings = flags.read();
            StorageFlags.requireStorage(settings, "list");
            try (ObjectStore store = settings.storage().open();
                    StorageRegistry registry = StorageRegistry.over(store, settings.storageOptions())) {
                ConsoleLists.over(registry, store).rebuild();
            }
            System.out.println("The lists of " + settings.storage() + " are complete.");
            return 0;
        }
    }
}

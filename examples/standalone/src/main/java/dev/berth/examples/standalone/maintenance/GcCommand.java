package dev.berth.examples.standalone.maintenance;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.Version;
import dev.berth.examples.standalone.configuration.CollectionReader;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.configuration.Storage;
import dev.berth.examples.standalone.serve.StorageFlags;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.maintenance.CollectionOptions;
import dev.berth.registry.maintenance.CollectionReport;
import dev.berth.registry.maintenance.CollectionScope;
import dev.berth.registry.maintenance.Collector;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code berth gc}: removes what nobody needs from a storage. */
@Command(
        name = "gc",
        description = {
            "Removes what no image needs any more: what deleted images leave, and pushes",
            "that were given up. What is found is kept for the grace period first, and",
            "removed by a later run if still nothing needs it; --wait waits for that.",
            "May be interrupted, and continues when it is run again. Registries may serve",
            "a bucket meanwhile. A registry that serves a directory does this by itself.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
public final class GcCommand implements Callable<Integer> {
    private static final int PARALLEL = 16;

    @Mixin
    private final StorageFlags flags = new StorageFlags();

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            description = {
                "For how long what nobody needs is kept; 1h by",
                "default. Between the push of a blob and that of",
                "its image must be less."
            })
    private @Nullable String grace;

    @Option(
            names = "--full",
            description = {
                "Look at everything, and not only at what has",
                "changed. Needed after registry:2 has written into",
                "a bucket; always done in a directory."
            })
    private boolean full;

    @Option(
            names = "--rate",
            paramLabel = "CALLS",
            description = {
                "How many calls of the storage to make in a second,",
                "on average; as many as it takes by default."
            })
    private @Nullable Integer rate;

    @Option(names = "--dry-run", description = "Change nothing; say what would be done.")
    private boolean dryRun;

    @Option(names = "--wait", description = "Wait for the grace period, and remove what is found.")
    private boolean wait;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (dryRun && wait) {
            throw new CommandException("--dry-run does not wait for anything; leave --wait.");
        }
        if (rate != null && rate < 1) {
            throw new CommandException("--rate must be 1 or more: calls of the storage in a second.");
        }
        Settings settings = flags.read();
        Storage where = settings.storage();
        StorageFlags.requireStorage(settings, "collect");
        Duration kept = grace == null ? settings.collection().grace() : CollectionReader.graceOption("--grace", grace);
        ExecutorService threads = Executors.newFixedThreadPool(PARALLEL - 1);
        try (ObjectStore store = open(where)) {
            CollectionOptions options = CollectionOptions.builder()
                    .grace(kept)
                    .callsPerSecond(rate == null ? Double.POSITIVE_INFINITY : rate)
                    .listener(new GcProgress(System::nanoTime))
                    .uploadExpiry(settings.uploads().expiry())
                    .executor(threads, PARALLEL)
                    .build();
            if (!dryRun) {
                expireTrash(store, settings);
            }
            // registry:2 may have written into a directory since Berth did.
            boolean everything = full || where instanceof Storage.Directory;
            CollectionReport report = run(store, options, everything);
            System.out.print(json ? report.toJson() + "\n" : report.toString());
        } finally {
            threads.shutdownNow();
        }
        return 0;
    }

    private static void expireTrash(ObjectStore store, Settings settings) {
        try (StorageRegistry registry = StorageRegistry.over(store, settings.storageOptions())) {
            registry.maintain();
        }
    }

    private CollectionReport run(ObjectStore store, CollectionOptions options, boolean everything) {
        CollectionScope scope = everything ? CollectionScope.EVERYTHING : CollectionScope.CHANGED;
        try (Collector collector = Collector.over(store, options)) {
            if (dryRun) {
                return collector.plan(scope);
            }
            return wait ? collector.complete(scope) : collector.collect(scope);
        }
    }

    private static ObjectStore open(Storage storage) throws IOException {
        try {
            return storage.open();
        } catch (IOException e) {
            if (storage instanceof Storage.Directory
                    && e.getMessage() != null
                    && e.getMessage().contains("in use")) {
                throw new CommandException(
                        "The directory " + storage + " is in use: the registry that serves it removes"
                                + " what nobody needs by itself, as maintenance.collection says; or stop it first.");
            }
            throw e;
        }
    }
}

package dev.berth.examples.standalone.maintenance;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.Version;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.serve.StorageFlags;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.quota.PatternUsage;
import dev.berth.registry.quota.QuotaLimit;
import dev.berth.registry.quota.QuotaOptions;
import dev.berth.registry.quota.Quotas;
import dev.berth.registry.quota.RecountReport;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code berth quota}: prints what quotas allow and what is used. */
@Command(
        name = "quota",
        description = {
            "Prints for each quota of the configuration what it allows, what is used and what is reserved.",
            "Registries may serve a bucket meanwhile; no other process may use a directory.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
public final class QuotaCommand implements Callable<Integer> {
    @Mixin
    private final StorageFlags flags = new StorageFlags();

    @Option(names = "--repositories", description = "Print what each repository uses as well.")
    private boolean repositories;

    @Option(
            names = "--recount",
            description = {
                "Count everything again first, and correct what was counted wrongly. Needed after something",
                "else than a registry with these quotas has changed the storage, such as registry:2."
            })
    private boolean recount;

    @Override
    public Integer call() throws IOException {
        Settings settings = flags.read();
        if (settings.quotas().isEmpty()) {
            throw new CommandException(
                    "There are no quotas; write them into a section 'quota' of a file and name it with --config.");
        }
        StorageFlags.requireStorage(settings, "count");
        try (ObjectStore store = settings.storage().open();
                StorageRegistry registry = StorageRegistry.over(store);
                Quotas quotas = Quotas.over(
                        store,
                        registry,
                        QuotaOptions.builder().limits(settings.quotas()).build())) {
            print(quotas);
        }
        return 0;
    }

    private void print(Quotas quotas) {
        if (recount) {
            RecountReport report = quotas.recount(repository -> {});
            System.out.println("Counted " + report.repositories() + " repositories with " + report.bytes() + " bytes; "
                    + report.corrected() + " had been counted otherwise.");
        } else if (!quotas.counted()) {
            System.out.println("Not everything is counted yet: a registry with these quotas, or --recount, does that.");
        }
        quotas.usage().forEach(usage -> System.out.println(line(usage)));
        if (repositories) {
            quotas.repositories()
                    .forEach(usage -> System.out.println(usage.repository() + ": " + usage.bytes() + " bytes"
                            + (usage.exists() ? "" : ", no image")));
        }
    }

    private static String line(PatternUsage usage) {
        QuotaLimit limit = usage.limit();
        return limit.repositories() + ": " + part(usage.bytes(), limit.bytes(), usage.reservedBytes(), "bytes") + "; "
                + part(usage.repositories(), limit.count(), usage.reservedRepositories(), "repositories");
    }

    private static String part(long used, OptionalLong allowed, long reserved, String what) {
        return used
                + (allowed.isPresent() ? " of " + allowed.getAsLong() : "")
                + " "
                + what
                + (reserved > 0 ? " and " + reserved + " reserved" : "");
    }
}

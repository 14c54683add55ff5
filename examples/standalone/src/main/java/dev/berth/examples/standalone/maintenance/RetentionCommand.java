package dev.berth.examples.standalone.maintenance;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.Version;
import dev.berth.examples.standalone.configuration.RuleSettings;
import dev.berth.examples.standalone.configuration.RulesReader;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.serve.StorageFlags;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.pulls.PullStatistics;
import dev.berth.registry.rules.Retention;
import dev.berth.registry.rules.RetentionOptions;
import dev.berth.registry.rules.RetentionReport;
import dev.berth.registry.rules.RuleContext;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code berth retention}: deletes what the rules for tags say. */
@Command(
        name = "retention",
        description = {
            "Deletes the tags and images that the rules say, and prints each. With",
            "--dry-run nothing is deleted: it prints what would be. With --explain it",
            "prints what is decided about each tag, and why. Registries may serve a bucket",
            "meanwhile; no other process may use a directory. A registry that runs with",
            "rules in its configuration does this by itself.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
public final class RetentionCommand implements Callable<Integer> {
    @Mixin
    private final StorageFlags flags = new StorageFlags();

    @Option(
            names = "--rules",
            paramLabel = "FILE.yml",
            description = {"A file with a section 'rules'; that of --config by", "default."})
    private @Nullable Path rules;

    @Option(names = "--repository", paramLabel = "NAME", description = "One repository; all by default.")
    private @Nullable String repository;

    @Option(names = "--dry-run", description = "Print what would be deleted, and delete nothing.")
    private boolean dryRun;

    @Option(names = "--explain", description = "Print what is decided about each tag and why, and delete nothing.")
    private boolean explain;

    @Override
    public Integer call() throws IOException {
        Settings settings = flags.read();
        RuleSettings applied = rules == null ? settings.rules() : RulesReader.read(rules);
        if (applied.tags().rules().isEmpty()) {
            throw new CommandException("There are no rules; write them into a file and name it with --rules.");
        }
        Optional<RepositoryName> chosen = Optional.ofNullable(repository).map(RetentionCommand::name);
        StorageFlags.requireStorage(settings, "delete");
        try (ObjectStore store = settings.storage().open();
                StorageRegistry registry = StorageRegistry.over(store, settings.storageOptions());
                PullStatistics statistics = PullStatistics.over(store)) {
            RuleContext context = RuleContext.of(registry).withPulls(statistics::lastPulls);
            return run(registry, applied, context, chosen);
        }
    }

    private int run(
            StorageRegistry registry, RuleSettings applied, RuleContext context, Optional<RepositoryName> chosen) {
        Retention retention = Retention.of(
                registry,
                applied.tags(),
                context,
                RetentionOptions.builder()
                        .untaggedGrace(applied.untaggedGrace())
                        .build());
        if (explain) {
            chosen.<Iterable<RepositoryName>>map(List::of)
                    .orElseGet(registry::repositories)
                    .forEach(name -> retention.explain(name, System.out::println));
            return 0;
        }
        Retention.Mode mode = dryRun ? Retention.Mode.DRY_RUN : Retention.Mode.DELETE;
        RetentionReport report = chosen.isPresent()
                ? retention.run(chosen.get(), mode, System.out::println)
                : retention.run(mode, System.out::println);
        report.failures().forEach(failure -> System.err.println("failed: " + failure));
        System.out.println((dryRun ? "Nothing was deleted. Planned: " : "Done: ") + report);
        return report.failures().isEmpty() ? 0 : 1;
    }

    private static RepositoryName name(String text) {
        try {
            return RepositoryName.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandException("--repository is wrong: " + e.getMessage() + ".");
        }
    }
}

package dev.berth.examples.standalone.images;

import dev.berth.examples.standalone.cli.Version;
import dev.berth.registry.copy.ImageCopier;
import dev.berth.registry.copy.RepositoryLocation;
import dev.berth.registry.copy.SyncFailure;
import dev.berth.registry.copy.SyncOptions;
import dev.berth.registry.copy.SyncPlan;
import dev.berth.registry.copy.SyncResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth sync}: synchronises the tags of one repository to another. */
@Command(
        name = "sync",
        customSynopsis = "berth sync [OPTION]... SRC-REPOSITORY DST-REPOSITORY",
        description = {
            "Makes the tags of one repository those of another: copies what is new, moved or incomplete there. Prints"
                    + " the plan, then does it.",
            "",
            "Repositories are written HOST/REPOSITORY, or oci:DIRECTORY for an OCI image layout.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  berth sync registry.example/app localhost:5000/app --tags '1.*' --dry-run",
            "  berth sync debian oci:debian --tags 12,trixie --platform linux/amd64"
        },
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        versionProvider = Version.class)
public final class SyncCommand extends ImageCommand {
    private static final int SOME_FAILED = 1;

    @Parameters(index = "0", paramLabel = "SRC-REPOSITORY", description = "The repository to copy from.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String source;

    @Parameters(index = "1", paramLabel = "DST-REPOSITORY", description = "The repository to copy to.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String target;

    @Option(
            names = "--tags",
            paramLabel = "PATTERN",
            split = ",",
            hideParamSyntax = true,
            description = "Only tags that match: * stands for any characters, ? for one. All by default; may be given"
                    + " more than once.")
    private List<String> tags = new ArrayList<>();

    @Option(
            names = "--exclude",
            paramLabel = "PATTERN",
            split = ",",
            hideParamSyntax = true,
            description = "Leave tags that match alone; may be given more than once.")
    private List<String> excluded = new ArrayList<>();

    @Option(names = "--delete", description = "Delete tags that match and that the source does not have.")
    private boolean delete;

    @Option(names = "--dry-run", description = "Print the plan only.")
    private boolean dryRun;

    @Mixin
    private CopyFlags copyFlags = new CopyFlags();

    @Override
    public Integer call() throws IOException {
        List<SyncFailure> failures;
        Warnings warnings = new Warnings(false);
        NewLayout made = NewLayout.of(LocationText.parse(target));
        try {
            failures = sync(out(), warnings);
        } finally {
            made.removeIfEmpty();
        }
        warnings.print(err());
        Consumer<String> err = err()::println;
        failures.forEach(failure -> err.accept("Could not synchronise the tag " + failure));
        return failures.isEmpty() ? 0 : SOME_FAILED;
    }

    private List<SyncFailure> sync(PrintWriter out, Warnings warnings) throws IOException {
        try (Locations locations = locations();
                Progress progress = copyFlags.progress()) {
            ImageCopier copier = ImageCopier.create();
            RepositoryLocation from = locations.sourceRepository(source);
            if (LocationText.parse(target).isNewLayout()) {
                // If the source does not exist, this fails before the layout is created.
                FileImages.tags(from.registry(), from.name()).limit(1).forEach(tag -> {});
            }
            RepositoryLocation to = dryRun ? locations.plannedRepository(target) : locations.targetRepository(target);
            SyncPlan plan = copier.plan(from, to, options(progress, warnings));
            plan.steps().forEach(out::println);
            out.println(plan.unchanged() + " unchanged");
            out.flush();
            return dryRun ? plan.failures() : execute(copier, plan, out).failures();
        }
    }

    private static SyncResult execute(ImageCopier copier, SyncPlan plan, PrintWriter out) {
        SyncResult result = copier.execute(plan);
        out.println("done: " + result.done().size() + " of " + plan.steps().size() + "; blobs: " + result.blobs() + " ("
                + ByteCount.format(result.blobs().bytesCopied()) + ")");
        return result;
    }

    private SyncOptions options(Progress progress, Warnings warnings) {
        SyncOptions.Builder options = SyncOptions.builder()
                .delete(delete)
                .copy(copyFlags
                        .options(LocationText.parse(target).kind(), new ReportedCopy(progress, warnings))
                        .build())
                .onStep(step -> progress.begin(step.toString()));
        return Locations.parse(() -> {
            tags.forEach(options::include);
            excluded.forEach(options::exclude);
            return options.build();
        });
    }
}

package dev.berth.examples.standalone.maintenance;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.Version;
import dev.berth.registry.engine.RestoreReport;
import dev.berth.registry.engine.Trash;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth restore}: restores what was deleted. */
@Command(
        name = "restore",
        description = {
            "Restores what was deleted: a tag; a manifest with its tags, the manifests of an index, and signatures; or",
            "everything of a repository. A tag that has been set since stays as it is. May be repeated. Exit status 1 says",
            "that something could not be restored. No other process may use a directory; registries may serve a bucket",
            "meanwhile.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
public final class RestoreCommand implements Callable<Integer> {
    @Mixin
    private final TrashStorage storage = new TrashStorage();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Of a repository, only what was deleted at this time or later, such as 2026-01-31T09:00:00Z.")
    private @Nullable String since;

    @Parameters(paramLabel = "REPOSITORY[:TAG|@DIGEST]", description = "What to restore, as 'deleted' lists it.")
    private String reference = "";

    @Override
    public Integer call() throws IOException {
        DeletedReference what = DeletedReference.parse(reference);
        boolean whole = what.tag().isEmpty() && what.digest().isEmpty();
        if (since != null && !whole) {
            throw new CommandException("--since is for a whole repository; leave it, or the tag or digest.");
        }
        Instant from = since == null ? Instant.EPOCH : time(since);
        return storage.use(trash -> {
            RestoreReport report = restore(trash, what, from);
            System.out.println("Restored: " + Amounts.of(report.manifests(), "manifest") + " and "
                    + Amounts.of(report.tags(), "tag"));
            report.problems().forEach(problem -> System.err.println("Not restored: " + problem));
            if (report.furtherProblems() > 0) {
                System.err.println("… and " + report.furtherProblems() + " more");
            }
            return report.complete() ? 0 : 1;
        });
    }

    private static RestoreReport restore(Trash trash, DeletedReference what, Instant from) {
        if (what.digest().isPresent()) {
            return trash.restore(what.repository(), what.digest().get());
        }
        return what.tag().isPresent()
                ? trash.restore(what.repository(), what.tag().get())
                : trash.restore(what.repository(), from);
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new CommandException(
                    "'" + text + "' is not a time for --since; write one such as 2026-01-31T09:00:00Z.");
        }
    }
}

package dev.berth.examples.standalone.scan;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.Terminal;
import dev.berth.examples.standalone.cli.Text;
import dev.berth.registry.Digest;
import dev.berth.registry.scan.advisory.AdvisoryFacts;
import dev.berth.registry.scan.advisory.AdvisoryIndex;
import dev.berth.registry.scan.advisory.BerthScanner;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where advisories are, and where their index is kept. */
final class AdvisoryFlags {
    private static final String VARIABLE = "BERTH_ADVISORIES";

    @Option(
            names = "--advisories",
            paramLabel = "DIRECTORY",
            description =
                    "The advisories, in the OSV schema: the all.zip of each ecosystem, or JSON files, in any folders."
                            + " By default the directory that the environment names in " + VARIABLE
                            + ", or ~/.local/share/berth/advisories.")
    private @Nullable Path advisories;

    @Option(
            names = "--cache",
            paramLabel = "DIRECTORY",
            description = "Where the index of the advisories is kept, which is built when they have changed. Default:"
                    + " ~/.cache/berth.")
    private @Nullable Path cache;

    /** Returns a scanner with the advisories as they are now. Builds the index if they have changed. */
    BerthScanner scanner(PrintWriter err) {
        Path directory = directory();
        AdvisoryIndex index = AdvisoryIndex.in(indexOf(directory));
        if (Terminal.isInteractive() && index.facts().isEmpty()) {
            err.println("Reading the advisories in " + directory + " for the first time; the index is kept ...");
            err.flush();
        }
        AdvisoryFacts facts = index.update(List.of(directory));
        if (facts.advisories().isEmpty()) {
            throw new CommandException("There are no advisories in " + directory
                    + "; put the all.zip of each ecosystem there, as the OSV project publishes them.");
        }
        if (facts.rejected() > 0) {
            err.println("Warning: " + facts.rejected() + " advisories could not be read; the first one: "
                    + Text.printable(facts.reasons().get(0)) + ".");
            err.flush();
        }
        return BerthScanner.of(index);
    }

    private Path directory() {
        Path chosen = advisories;
        if (chosen == null) {
            String named = System.getenv(VARIABLE);
            chosen = named == null || named.isEmpty()
                    ? home("XDG_DATA_HOME", ".local/share").resolve("advisories")
                    : Path.of(named);
        }
        if (!Files.exists(chosen)) {
            throw new CommandException("There are no advisories to compare the image with: " + chosen
                    + " does not exist. Put the all.zip of each ecosystem there, as the OSV project publishes them, or"
                    + " name another place with --advisories; --packages lists what is in the image without them.");
        }
        return chosen;
    }

    /** Other advisories have another index, so that two of them do not replace each other's. */
    private Path indexOf(Path directory) {
        Path all = cache == null ? home("XDG_CACHE_HOME", ".cache") : cache;
        String name = directory.toAbsolutePath().normalize().toString();
        return all.resolve("advisories-"
                + Digest.sha256(name.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 16));
    }

    private static Path home(String variable, String otherwise) {
        String named = System.getenv(variable);
        Path home =
                named == null || named.isEmpty() ? Path.of(System.getProperty("user.home"), otherwise) : Path.of(named);
        return home.resolve("berth");
    }
}

package dev.berth.examples.benchmarks.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes plots and the report. */
public final class Publication {
    private static final String BEGIN = "<!-- figures: written by examples/benchmarks -->\n";
    private static final String END = "<!-- end of figures -->\n";
    private static final String OVERVIEW = "performance.svg";
    private static final List<String> IN_OVERVIEW = List.of(
            "manifest-32", "manifest-256", "blob-10k", "blob-100m-1", "push-1", "push-8", "push-32", "push-100m-1");

    private final Results results;

    /** Of these. */
    public Publication(Results results) {
        this.results = results;
    }

    /** Writes all into a directory: results.json, report.md, plots. */
    public void writeTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        results.write(directory.resolve("results.json"));
        Files.writeString(directory.resolve("report.md"), new Report(results).markdown(plots(directory)));
    }

    /** Writes the plots beside a document, and the tables between the marks in it. */
    public void writeInto(Path document) throws IOException {
        String text = Files.readString(document);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(document + " has no lines " + BEGIN.strip() + " and " + END.strip());
        }
        List<String> plots = plots(document.resolveSibling(""));
        String tables = new Report(results).markdown(plots);
        Files.writeString(
                document, text.substring(0, begin + BEGIN.length()) + "\n" + tables + "\n" + text.substring(end));
    }

    private List<String> plots(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        for (Group group : Group.values()) {
            if (group != Group.INSIDE && !results.scenarios(group.id()).isEmpty()) {
                String name = Plot.fileName(group);
                Files.writeString(
                        directory.resolve(name),
                        Plot.of(group.title(), results, results.scenarios(group.id()), results.targets(group.id())));
                names.add(name);
            }
        }
        overview(directory);
        return names;
    }

    private void overview(Path directory) throws IOException {
        List<Facts> scenarios = IN_OVERVIEW.stream()
                .map(id -> results.find(id, "berth").map(Series::scenario))
                .flatMap(Optional::stream)
                .toList();
        if (!scenarios.isEmpty()) {
            List<String> targets = results.targets("reads").stream()
                    .filter(target -> !target.equals("berth-before"))
                    .toList();
            Files.writeString(
                    directory.resolve(OVERVIEW),
                    Plot.of("Berth and others on one machine", results, scenarios, targets));
        }
    }
}

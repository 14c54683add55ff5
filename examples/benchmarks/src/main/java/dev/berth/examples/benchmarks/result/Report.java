package dev.berth.examples.benchmarks.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Results as Markdown. */
public final class Report {
    private final Results results;

    /** Of these. */
    public Report(Results results) {
        this.results = results;
    }

    /** All tables. {@code plots} has the names of the plots of groups; the others have none. */
    public String markdown(List<String> plots) {
        List<String> parts = new ArrayList<>();
        parts.add(machine());
        for (Group group : Group.values()) {
            if (!results.scenarios(group.id()).isEmpty()) {
                parts.add(section(group, plots));
            }
        }
        List<String> goals = Goal.ALL.stream()
                .map(goal -> goal.row(results))
                .flatMap(Optional::stream)
                .toList();
        if (!goals.isEmpty()) {
            parts.add("### Goals\n\n| scenario | goal | measured | reached |\n| --- | --- | --- | --- |\n"
                    + String.join("\n", goals));
        }
        return String.join("\n\n", parts) + "\n";
    }

    private String machine() {
        Machine machine = results.machine();
        String programs = machine.programs().entrySet().stream()
                .map(program -> program.getKey() + " " + program.getValue())
                .collect(Collectors.joining(", "));
        return "Measured on %d processors (%s), %,d MiB of memory, %s, %s; Java %s; %s."
                .formatted(
                        machine.processors(),
                        machine.processor(),
                        machine.memoryMiB(),
                        machine.system(),
                        machine.disk(),
                        machine.java(),
                        programs);
    }

    private String section(Group group, List<String> plots) {
        List<Facts> scenarios = results.scenarios(group.id());
        List<String> targets = results.targets(group.id());
        StringBuilder text = new StringBuilder("### ").append(group.title()).append("\n\n");
        String plot = Plot.fileName(group);
        if (plots.contains(plot)) {
            text.append("![").append(group.title()).append("](").append(plot).append(")\n\n");
        }
        text.append(table(scenarios, targets, this::cell));
        boolean cpu = results.series().stream()
                .anyMatch(one -> one.scenario().group().equals(group.id())
                        && one.median(Measurement.CPU_PER_OPERATION).isPresent());
        if (cpu) {
            text.append("\n\nProcessor time of the server, in a round and for one operation:\n\n")
                    .append(table(scenarios, targets, Report::cpu));
        }
        return text.toString();
    }

    private String table(List<Facts> scenarios, List<String> targets, BiFunction<Series, Series, String> cell) {
        List<String> lines = new ArrayList<>();
        lines.add("| | " + String.join(" | ", targets) + " |");
        lines.add("| --- |" + " ---: |".repeat(targets.size()));
        for (Facts facts : scenarios) {
            Series first = results.find(facts.id(), targets.get(0)).orElse(null);
            String cells = targets.stream()
                    .map(target -> results.find(facts.id(), target)
                            .map(series -> cell.apply(series, first == null ? series : first))
                            .orElse("–"))
                    .collect(Collectors.joining(" | "));
            lines.add("| " + facts.title() + " | " + cells + " |");
        }
        return String.join("\n", lines);
    }

    private String cell(Series series, Series first) {
        OptionalDouble value = series.median(Measurement.VALUE);
        if (value.isEmpty()) {
            return "–";
        }
        StringBuilder cell = new StringBuilder(
                Numbers.withUnit(value.getAsDouble(), series.scenario().unit()));
        series.median(Measurement.P99)
                .ifPresent(
                        p99 -> cell.append(", p99 ").append(Numbers.value(p99)).append(" ms"));
        if (!series.target().equals(first.target())) {
            first.factorTo(series)
                    .ifPresent(factor ->
                            cell.append(" (").append(Numbers.factor(factor)).append(")"));
        }
        if (series.errors() > 0) {
            cell.append(", ").append(series.errors()).append(" errors");
        }
        return cell.toString();
    }

    private static String cpu(Series series, Series first) {
        OptionalDouble seconds = series.median(Measurement.CPU);
        OptionalDouble millis = series.median(Measurement.CPU_PER_OPERATION);
        return seconds.isEmpty() || millis.isEmpty()
                ? "–"
                : Numbers.value(seconds.getAsDouble()) + " s, " + small(millis.getAsDouble()) + " ms";
    }

    private static String small(double millis) {
        return millis < 1 ? String.format(Locale.ROOT, "%.3f", millis) : Numbers.value(millis);
    }
}

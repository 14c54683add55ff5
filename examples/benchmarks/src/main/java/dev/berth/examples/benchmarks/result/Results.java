package dev.berth.examples.benchmarks.result;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that was measured, and on what. */
public record Results(Machine machine, List<Series> series) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** None yet. */
    public static Results on(Machine machine) {
        return new Results(machine, new ArrayList<>());
    }

    /** Reads results that were written. */
    public static Results read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), Results.class);
    }

    /** Writes them. */
    public void write(Path file) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(this) + "\n");
    }

    /** Adds a measurement to the series of its scenario and target. */
    public void add(String target, Measurement measurement) {
        find(measurement.facts().id(), target)
                .orElseGet(() -> {
                    Series begun = Series.empty(measurement.facts(), target);
                    series.add(begun);
                    return begun;
                })
                .add(measurement);
    }

    /** What was measured of a scenario and target. */
    public Optional<Series> find(String scenario, String target) {
        return series.stream()
                .filter(one ->
                        one.scenario().id().equals(scenario) && one.target().equals(target))
                .findFirst();
    }

    /** These, and of earlier ones those whose scenarios were not measured again. */
    public Results after(Results earlier) {
        List<Series> all = new ArrayList<>(earlier.series);
        all.removeIf(old -> series.stream()
                .anyMatch(one -> one.scenario().id().equals(old.scenario().id())));
        all.addAll(series);
        return new Results(machine, all);
    }

    /** The scenarios of a group, in the order in which they were measured. */
    public List<Facts> scenarios(String group) {
        return series.stream()
                .map(Series::scenario)
                .filter(facts -> facts.group().equals(group))
                .distinct()
                .toList();
    }

    /** The targets of a group, in the order in which they were first measured. */
    public List<String> targets(String group) {
        return series.stream()
                .filter(one -> one.scenario().group().equals(group))
                .map(Series::target)
                .distinct()
                .toList();
    }
}

package dev.berth.registry.metrics;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules for names, by which {@code promtool check metrics} judges as well. */
final class MetricNames {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

    private static final Set<String> RESERVED_LABELS = Set.of("le", "quantile");

    private static final Set<String> SAMPLE_SUFFIXES = Set.of("bucket", "count", "sum");

    /** Other units than seconds and bytes, and abbreviations of units. */
    private static final Set<String> OTHER_UNITS = Set.of(
            "s",
            "sec",
            "ms",
            "us",
            "ns",
            "milliseconds",
            "microseconds",
            "nanoseconds",
            "minutes",
            "hours",
            "days",
            "b",
            "kb",
            "mb",
            "gb",
            "kib",
            "mib",
            "gib",
            "kilobytes",
            "kibibytes",
            "megabytes",
            "mebibytes",
            "gigabytes",
            "gibibytes",
            "bits",
            "percent");

    private MetricNames() {}

    /**
     * Checks what describes a metric.
     *
     * @throws IllegalArgumentException if a name breaks a rule, with the rule
     */
    static void require(String name, String help, MetricType type, List<String> labels) {
        if (!NAME.matcher(name).matches()) {
            throw refused(name, "has words of lower-case letters and digits with one underscore between them");
        }
        if (help.isBlank()) {
            throw refused(name, "has a help text");
        }
        List<String> words = List.of(name.split("_"));
        String last = words.get(words.size() - 1);
        if (last.equals("total") != (type == MetricType.COUNTER)) {
            throw refused(name, "ends with _total if it is a counter, and only then");
        }
        if (SAMPLE_SUFFIXES.contains(last)) {
            throw refused(name, "does not end with _" + last + ", which is for the samples of histograms");
        }
        for (String word : words.subList(1, words.size())) {
            if (OTHER_UNITS.contains(word)) {
                throw refused(name, "is in seconds or bytes, not in " + word);
            }
            if (word.equals(type.keyword())) {
                throw refused(name, "does not repeat its type");
            }
        }
        labels.forEach(label -> requireLabel(name, label));
        if (Set.copyOf(labels).size() != labels.size()) {
            throw refused(name, "has each label once");
        }
    }

    private static void requireLabel(String name, String label) {
        if (!NAME.matcher(label).matches() || RESERVED_LABELS.contains(label)) {
            throw refused(
                    name,
                    "has labels of lower-case words other than " + String.join(" and ", List.of("le", "quantile"))
                            + ", unlike '" + label + "'");
        }
    }

    private static IllegalArgumentException refused(String name, String rule) {
        return new IllegalArgumentException(
                String.format(Locale.ROOT, "A metric %s. '%s' breaks this rule", rule, name));
    }
}

package dev.berth.registry.console.finding;

import static dev.berth.registry.console.html.Attributes.aria;
import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.title;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.LI;
import static dev.berth.registry.console.html.Tag.SPAN;
import static dev.berth.registry.console.html.Tag.UL;

import dev.berth.registry.console.catalog.FindingCounts;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.scan.report.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Severities in words, and numbers of them in little room. The colour says nothing that the words do not. */
final class Severities {
    private Severities() {}

    static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the word with its colour. */
    static Html named(Severity severity) {
        return SPAN.of(css("severity " + word(severity)), text(word(severity)));
    }

    /** Returns the numbers that are not zero: {@code 2 C, 5 H}, and in words for whoever listens. */
    static Html numbers(FindingCounts counts) {
        if (counts.total() == 0) {
            return SPAN.of(css("calm"), text("no findings"));
        }
        List<Html> numbers = new ArrayList<>();
        add(numbers, counts.critical(), "critical");
        add(numbers, counts.high(), "high");
        add(numbers, counts.medium(), "medium");
        add(numbers, counts.low(), "low");
        add(numbers, counts.other(), "other");
        return UL.of(css("severities"), Html.of(numbers));
    }

    private static void add(List<Html> numbers, int number, String word) {
        if (number > 0) {
            numbers.add(LI.of(
                    css("severity " + word),
                    title(number + " " + word),
                    Html.number(number),
                    SPAN.of(css("unseen"), text(" " + word)),
                    SPAN.of(
                            aria("hidden", "true"),
                            text(" " + word.substring(0, 1).toUpperCase(Locale.ROOT)))));
        }
    }
}

package dev.berth.registry.scan.internal.osv;

import dev.berth.registry.scan.internal.cvss.Cvss;
import dev.berth.registry.scan.report.Severity;
import java.util.Locale;
import java.util.Optional;

/**
 * Collects what an advisory says of its severity: vectors, the newest version of CVSS first, otherwise the words of its
 * database. For one thread.
 */
final class RatingReader {
    private Optional<String> version4 = Optional.empty();
    private Optional<String> version3 = Optional.empty();
    private Severity word = Severity.UNKNOWN;

    /** Takes an entry of {@code severity}. */
    void add(String type, String score) {
        switch (type) {
            case "CVSS_V4" -> version4 = version4.or(() -> valid(score));
            case "CVSS_V3" -> version3 = version3.or(() -> valid(score));
            default -> addWord(score);
        }
    }

    private static Optional<String> valid(String vector) {
        String stripped = vector.strip();
        return Cvss.score(stripped).map(score -> stripped);
    }

    /** Takes a word of a database. */
    void addWord(String text) {
        Severity severity = switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "critical" -> Severity.CRITICAL;
            case "high", "important" -> Severity.HIGH;
            case "medium", "moderate" -> Severity.MEDIUM;
            case "low", "minor" -> Severity.LOW;
            case "negligible", "unimportant", "none" -> Severity.NEGLIGIBLE;
            default -> Severity.UNKNOWN;
        };
        if (severity.compareTo(word) > 0) {
            word = severity;
        }
    }

    Rating rating() {
        Optional<String> vector = version4.or(() -> version3);
        return vector.flatMap(Cvss::score)
                .map(score -> new Rating(Cvss.severity(score), vector))
                .orElseGet(() -> new Rating(word, Optional.empty()));
    }
}

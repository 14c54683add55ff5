package dev.berth.registry.scan.internal.osv;

import dev.berth.registry.scan.report.Severity;
import java.util.Optional;

/**
 * How bad an advisory says that it is.
 *
 * @param severity the severity
 * @param vector the CVSS vector that it comes from; empty if it comes from a word
 */
public record Rating(Severity severity, Optional<String> vector) implements Comparable<Rating> {
    /** Nobody has said. */
    public static final Rating NONE = new Rating(Severity.UNKNOWN, Optional.empty());

    /** By severity; one with a vector is above one without. */
    @Override
    public int compareTo(Rating other) {
        int severities = severity.compareTo(other.severity);
        return severities != 0
                ? severities
                : Boolean.compare(vector.isPresent(), other.vector().isPresent());
    }
}

package dev.berth.registry.scan.internal.cvss;

import dev.berth.registry.scan.report.Severity;
import java.util.Optional;

/** The score of a vector, and the severity that it stands for. */
public final class Cvss {
    private static final int LONGEST = 500;
    private static final double CRITICAL = 9.0;
    private static final double HIGH = 7.0;
    private static final double MEDIUM = 4.0;

    private Cvss() {}

    /**
     * Returns the score of a vector: of version 3 the base score, of version 4 with everything that the vector says.
     *
     * @return from 0.0 to 10.0, with one decimal; empty if it is no vector of these versions, or not complete
     */
    public static Optional<Double> score(String vector) {
        if (vector.length() > LONGEST) {
            return Optional.empty();
        }
        if (vector.startsWith("CVSS:4.0/")) {
            return Metrics.parse(vector, Cvss4.MANDATORY, Cvss4.OPTIONAL).map(Cvss4::score);
        }
        if (vector.startsWith("CVSS:3.0/") || vector.startsWith("CVSS:3.1/")) {
            return Metrics.parse(vector, Cvss3.MANDATORY, Cvss3.OPTIONAL).map(Cvss3::score);
        }
        return Optional.empty();
    }

    /** Returns the severity of a score. */
    public static Severity severity(double score) {
        if (score >= CRITICAL) {
            return Severity.CRITICAL;
        }
        if (score >= HIGH) {
            return Severity.HIGH;
        }
        if (score >= MEDIUM) {
            return Severity.MEDIUM;
        }
        return score > 0 ? Severity.LOW : Severity.NEGLIGIBLE;
    }
}

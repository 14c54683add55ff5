package dev.berth.registry.scan.internal.cvss;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The base score of versions 3.0 and 3.1 (section 7.1 of their specifications). */
final class Cvss3 {
    static final Map<String, String> MANDATORY = Map.of(
            "AV", "N A L P",
            "AC", "L H",
            "PR", "N L H",
            "UI", "N R",
            "S", "U C",
            "C", "N L H",
            "I", "N L H",
            "A", "N L H");
    static final Map<String, String> OPTIONAL = optional();

    private static final double EXPLOITABILITY = 8.22;
    private static final double UNCHANGED = 6.42;
    private static final double CHANGED = 7.52;
    private static final double WITH_CHANGED_SCOPE = 1.08;
    private static final double HIGHEST = 10;

    private Cvss3() {}

    /** Those of time and surroundings are permitted, and do not count for the base score. */
    private static Map<String, String> optional() {
        Map<String, String> optional = new HashMap<>(Map.of("E", "X U P F H", "RL", "X O T W U", "RC", "X U R C"));
        List.of("CR", "IR", "AR").forEach(name -> optional.put(name, "X L M H"));
        MANDATORY.forEach((name, values) -> optional.put("M" + name, "X " + values));
        return Map.copyOf(optional);
    }

    static double score(Metrics metrics) {
        boolean changed = metrics.is("S", "C");
        double notAffected = (1 - impact(metrics, "C")) * (1 - impact(metrics, "I")) * (1 - impact(metrics, "A"));
        double base = 1 - notAffected;
        double impact = changed ? CHANGED * (base - 0.029) - 3.25 * Math.pow(base - 0.02, 15) : UNCHANGED * base;
        if (impact <= 0) {
            return 0;
        }
        double exploitability =
                EXPLOITABILITY * vector(metrics) * complexity(metrics) * privileges(metrics) * interaction(metrics);
        double sum = changed ? WITH_CHANGED_SCOPE * (impact + exploitability) : impact + exploitability;
        return roundUp(Math.min(sum, HIGHEST));
    }

    /** As appendix A of version 3.1 has it, for both: what 3.0 says depends on the arithmetic of a machine. */
    private static double roundUp(double score) {
        long hundredThousandths = Math.round(score * 100_000);
        return hundredThousandths % 10_000 == 0
                ? hundredThousandths / 100_000.0
                : (hundredThousandths / 10_000 + 1) / 10.0;
    }

    private static double impact(Metrics metrics, String metric) {
        return switch (metrics.get(metric)) {
            case "H" -> 0.56;
            case "L" -> 0.22;
            default -> 0;
        };
    }

    private static double vector(Metrics metrics) {
        return switch (metrics.get("AV")) {
            case "N" -> 0.85;
            case "A" -> 0.62;
            case "L" -> 0.55;
            default -> 0.2;
        };
    }

    private static double complexity(Metrics metrics) {
        return metrics.is("AC", "L") ? 0.77 : 0.44;
    }

    private static double privileges(Metrics metrics) {
        boolean changed = metrics.is("S", "C");
        return switch (metrics.get("PR")) {
            case "N" -> 0.85;
            case "L" -> changed ? 0.68 : 0.62;
            default -> changed ? 0.5 : 0.27;
        };
    }

    private static double interaction(Metrics metrics) {
        return metrics.is("UI", "N") ? 0.85 : 0.62;
    }
}

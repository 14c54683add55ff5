package dev.berth.registry.scan.internal.cvss;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The score of version 4.0 (section 8.2 of its specification): that of the macro vector, less how far the vector is from the
 * worst one with the same macro vector.
 */
final class Cvss4 {
    private static final List<String> IMPACTS = List.of("VC", "VI", "VA", "SC", "SI", "SA");

    static final Map<String, String> MANDATORY = mandatory();
    static final Map<String, String> OPTIONAL = optional();

    /** The values of a metric from the worst on; they are one step from each other. */
    private static final Map<String, String> LEVELS = Map.ofEntries(
            Map.entry("AV", "NALP"),
            Map.entry("PR", "NLH"),
            Map.entry("UI", "NPA"),
            Map.entry("AC", "LH"),
            Map.entry("AT", "NP"),
            Map.entry("VC", "HLN"),
            Map.entry("VI", "HLN"),
            Map.entry("VA", "HLN"),
            Map.entry("SC", "SHLN"),
            Map.entry("SI", "SHLN"),
            Map.entry("SA", "SHLN"),
            Map.entry("CR", "HML"),
            Map.entry("IR", "HML"),
            Map.entry("AR", "HML"));

    private static final List<String> FIRST = List.of("AV", "PR", "UI");
    private static final List<String> SECOND = List.of("AC", "AT");
    private static final List<String> THIRD_AND_SIXTH = List.of("VC", "VI", "VA", "CR", "IR", "AR");
    private static final List<String> FOURTH = List.of("SC", "SI", "SA");

    /** The worst vectors with each level of a digit, in the order of the metrics above. */
    private static final String[][] WORST_OF_FIRST = {{"NNN"}, {"ANN", "NLN", "NNP"}, {"PNN", "ALP"}};

    private static final String[][] WORST_OF_SECOND = {{"LN"}, {"HN", "LP"}};
    private static final String[][][] WORST_OF_THIRD_AND_SIXTH = {
        {{"HHHHHH"}, {"HHLMMH", "HHHMMM"}},
        {{"LHHHHH", "HLHHHH"}, {"LHLHMH", "LHHHMM", "HLHMHM", "HLLMHH", "LLHHHM"}},
        {{}, {"LLLHHH"}}
    };
    private static final String[][] WORST_OF_FOURTH = {{"HSS"}, {"HHH"}, {"LLL"}};

    /** How many steps there are within each level, and one to the next. */
    private static final int[] DEPTH_OF_FIRST = {1, 4, 5};

    private static final int[] DEPTH_OF_SECOND = {1, 2};
    private static final int[][] DEPTH_OF_THIRD_AND_SIXTH = {{7, 6}, {8, 8}, {0, 10}};
    private static final int[] DEPTH_OF_FOURTH = {6, 5, 4};

    private final Metrics metrics;

    private Cvss4(Metrics metrics) {
        this.metrics = metrics;
    }

    private static Map<String, String> mandatory() {
        Map<String, String> mandatory =
                new HashMap<>(Map.of("AV", "N A L P", "AC", "L H", "AT", "N P", "PR", "N L H", "UI", "N P A"));
        IMPACTS.forEach(name -> mandatory.put(name, "H L N"));
        return Map.copyOf(mandatory);
    }

    private static Map<String, String> optional() {
        Map<String, String> optional = new HashMap<>(Map.of(
                "E", "X A P U",
                "S", "X N P",
                "AU", "X N Y",
                "R", "X A U I",
                "V", "X D C",
                "RE", "X L M H",
                "U", "X Clear Green Amber Red"));
        List.of("CR", "IR", "AR").forEach(name -> optional.put(name, "X H M L"));
        mandatory().forEach((name, values) -> optional.put("M" + name, "X " + values));
        List.of("MSI", "MSA").forEach(name -> optional.put(name, "X S H L N"));
        return Map.copyOf(optional);
    }

    static double score(Metrics metrics) {
        return new Cvss4(metrics).score();
    }

    private double score() {
        if (IMPACTS.stream().allMatch(metric -> is(metric, "N"))) {
            return 0;
        }
        int[] macro = {first(), second(), third(), fourth(), fifth(), sixth()};
        double highest = MacroVectorScores.of(macro);
        double sum = 0;
        int lower = 0;
        double[] shares = {
            share(highest, next(macro, 0), FIRST, WORST_OF_FIRST[macro[0]], DEPTH_OF_FIRST[macro[0]]),
            share(highest, next(macro, 1), SECOND, WORST_OF_SECOND[macro[1]], DEPTH_OF_SECOND[macro[1]]),
            share(
                    highest,
                    nextOfThirdAndSixth(macro),
                    THIRD_AND_SIXTH,
                    WORST_OF_THIRD_AND_SIXTH[macro[2]][macro[5]],
                    DEPTH_OF_THIRD_AND_SIXTH[macro[2]][macro[5]]),
            share(highest, next(macro, 3), FOURTH, WORST_OF_FOURTH[macro[3]], DEPTH_OF_FOURTH[macro[3]]),
            // The fifth has one vector at each level: none is away from it.
            Double.isNaN(next(macro, 4)) ? Double.NaN : 0
        };
        for (double share : shares) {
            if (!Double.isNaN(share)) {
                sum += share;
                lower++;
            }
        }
        double score = highest - (lower == 0 ? 0 : sum / lower);
        // The addition is against what binary numbers lack of a half.
        return Math.round((Math.max(0, Math.min(10, score)) + 1e-6) * 10) / 10.0;
    }

    /** Returns which part of the way to the next lower macro vector the vector has gone; not a number if there is none. */
    private double share(double highest, double nextLower, List<String> names, String[] worst, int depth) {
        return Double.isNaN(nextLower) ? Double.NaN : (highest - nextLower) * distance(names, worst) / depth;
    }

    /** Returns the steps from the first of the worst vectors that is nowhere better than this one. */
    private int distance(List<String> names, String[] worst) {
        for (String candidate : worst) {
            int sum = 0;
            boolean worse = true;
            for (int i = 0; i < names.size(); i++) {
                String levels = LEVELS.getOrDefault(names.get(i), "");
                int steps = levels.indexOf(value(names.get(i))) - levels.indexOf(candidate.charAt(i));
                worse &= steps >= 0;
                sum += steps;
            }
            if (worse) {
                return sum;
            }
        }
        return 0;
    }

    private static double next(int[] macro, int digit) {
        int[] next = macro.clone();
        next[digit]++;
        return MacroVectorScores.of(next);
    }

    private static double nextOfThirdAndSixth(int[] macro) {
        if (macro[5] == 1) {
            return next(macro, 2);
        }
        // Two ways lead down from the top.
        return macro[2] == 0 ? Math.max(next(macro, 2), next(macro, 5)) : next(macro, 5);
    }

    private int first() {
        boolean all = is("AV", "N") && is("PR", "N") && is("UI", "N");
        if (all) {
            return 0;
        }
        boolean any = is("AV", "N") || is("PR", "N") || is("UI", "N");
        return any && !is("AV", "P") ? 1 : 2;
    }

    private int second() {
        return is("AC", "L") && is("AT", "N") ? 0 : 1;
    }

    private int third() {
        if (is("VC", "H") && is("VI", "H")) {
            return 0;
        }
        return is("VC", "H") || is("VI", "H") || is("VA", "H") ? 1 : 2;
    }

    private int fourth() {
        if (metrics.is("MSI", "S") || metrics.is("MSA", "S")) {
            return 0;
        }
        return is("SC", "H") || is("SI", "H") || is("SA", "H") ? 1 : 2;
    }

    private int fifth() {
        return "APU".indexOf(value("E"));
    }

    private int sixth() {
        boolean any =
                is("CR", "H") && is("VC", "H") || is("IR", "H") && is("VI", "H") || is("AR", "H") && is("VA", "H");
        return any ? 0 : 1;
    }

    private boolean is(String metric, String value) {
        return value(metric).equals(value);
    }

    /** Returns what counts: the value for the surroundings if there is one; the worst for what is not defined. */
    private String value(String metric) {
        String modified = metrics.get("M" + metric);
        if (!modified.equals(Metrics.NOT_DEFINED)) {
            return modified;
        }
        String value = metrics.get(metric);
        if (!value.equals(Metrics.NOT_DEFINED)) {
            return value;
        }
        return metric.equals("E") ? "A" : "H";
    }
}

package dev.berth.registry.scan.internal.cvss;

import java.util.Arrays;

/**
 * The scores that version 4.0 has for each macro vector (section 8.2 of the specification). They are numbers that experts
 * gave; no formula yields them.
 */
final class MacroVectorScores {
    /** In the order of the macro vectors. There are none with a third digit of 2 and a last one of 0. */
    private static final double[] SCORES = parse("""
            10.0 9.9 9.8 9.5 9.5 9.2 10.0 9.6 9.3 8.7 9.1 8.1 9.3 9.0 8.9
            8.0 8.1 6.8 9.8 9.5 9.5 9.2 9.0 8.4 9.3 9.2 8.9 8.1 8.1 6.5
            8.8 8.0 7.8 7.0 6.9 4.8 9.2 8.2 7.2 7.9 6.9 5.0 6.9 5.5 2.7
            9.9 9.7 9.5 9.2 9.2 8.5 9.5 9.1 9.0 8.3 8.4 7.1 9.2 8.1 8.2
            7.1 7.2 5.3 9.5 9.3 9.2 8.5 8.5 7.3 9.2 8.2 8.0 7.2 7.0 5.9
            8.4 7.0 7.1 5.2 5.0 3.0 8.6 7.5 5.2 7.1 5.2 2.9 6.3 2.9 1.7
            9.8 9.5 9.4 8.7 9.1 8.1 9.4 8.9 8.6 7.4 7.7 6.4 8.7 7.5 7.4
            6.3 6.3 4.9 9.4 8.9 8.8 7.7 7.6 6.7 8.6 7.6 7.4 5.8 5.9 5.0
            7.2 5.7 5.7 5.2 5.2 2.5 8.3 7.0 5.4 6.5 5.8 2.6 5.3 2.1 1.3
            9.5 9.0 8.8 7.6 7.6 7.0 9.0 7.7 7.5 6.2 6.1 5.3 7.7 6.6 6.8
            5.9 5.2 3.0 8.9 7.8 7.6 6.7 6.2 5.8 7.4 5.9 5.7 5.7 4.7 2.3
            6.1 5.2 5.7 2.9 2.4 1.6 7.1 5.9 3.0 5.8 2.6 1.5 2.3 1.3 0.6
            9.3 8.7 8.6 7.2 7.5 5.8 8.6 7.4 7.4 6.1 5.6 3.4 7.0 5.4 5.2
            4.0 4.0 2.2 8.5 7.5 7.4 5.5 6.2 5.1 7.2 5.7 5.5 4.1 4.6 1.9
            5.3 3.6 3.4 1.9 1.9 0.8 6.4 5.1 2.0 4.7 2.1 1.1 2.4 0.9 0.4
            8.8 7.5 7.3 5.3 6.0 5.0 7.3 5.5 5.9 4.0 4.1 2.0 5.4 4.3 4.5
            2.2 2.0 1.1 7.5 5.5 5.8 4.5 4.0 2.1 6.1 5.1 4.8 1.8 2.0 0.9
            4.6 1.8 1.7 0.7 0.8 0.2 5.3 2.4 1.4 2.4 1.2 0.5 1.0 0.3 0.1
            """);

    private static final int DIGITS = 6;
    private static final int[] LEVELS = {3, 2, 3, 3, 3, 2};

    private MacroVectorScores() {}

    /** Returns the score of a macro vector of six digits; not a number if there is none. */
    static double of(int... digits) {
        for (int i = 0; i < DIGITS; i++) {
            if (digits[i] >= LEVELS[i]) {
                return Double.NaN;
            }
        }
        // The third and the last one have five levels together.
        int third = digits[2];
        int last = digits[5];
        if (third == 2 && last == 0) {
            return Double.NaN;
        }
        int before = ((digits[0] * LEVELS[1] + digits[1]) * 45) + third * 18;
        int width = third == 2 ? 1 : 2;
        return SCORES[before + (digits[3] * LEVELS[4] + digits[4]) * width + (third == 2 ? 0 : last)];
    }

    private static double[] parse(String table) {
        return Arrays.stream(table.strip().split("\\s+"))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}

package dev.berth.examples.standalone;

import java.util.List;
import java.util.Locale;

/** Prints numbers of bytes for people. */
final class Bytes {
    private static final List<String> UNITS = List.of("bytes", "kB", "MB", "GB", "TB");
    private static final int STEP = 1000;

    private Bytes() {}

    /** Prints as in {@code 999 bytes}, {@code 12.3 MB}. */
    static String print(long count) {
        if (count < STEP) {
            return count + (count == 1 ? " byte" : " bytes");
        }
        double number = count;
        int unit = 0;
        // What would be rounded to 1000.0 is 1.0 of the next unit.
        while (number >= STEP - 0.05 && unit < UNITS.size() - 1) {
            number /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", number, UNITS.get(unit));
    }
}

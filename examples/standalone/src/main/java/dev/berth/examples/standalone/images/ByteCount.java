package dev.berth.examples.standalone.images;

import java.util.List;
import java.util.Locale;

/** Formats numbers of bytes for people. */
public final class ByteCount {
    private static final List<String> UNITS = List.of("bytes", "kB", "MB", "GB", "TB");
    private static final int STEP = 1000;

    private ByteCount() {}

    /** Formats a number such as {@code 999 bytes} or {@code 12.3 MB}, with decimal units. */
    public static String format(long count) {
        if (count < STEP) {
            return count + (count == 1 ? " byte" : " bytes");
        }
        double number = count;
        int unit = 0;
        // A number that would be rounded to 1000.0 is 1.0 of the next unit.
        while (number >= STEP - 0.05 && unit < UNITS.size() - 1) {
            number /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", number, UNITS.get(unit));
    }
}

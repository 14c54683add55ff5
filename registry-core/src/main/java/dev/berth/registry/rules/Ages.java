package dev.berth.registry.rules;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** Ages of tags. */
final class Ages {
    /** Longer than anything is kept. It keeps sums of times and ages in range. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Ages() {}

    static Duration check(Duration age) {
        if (age.isNegative() || age.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "The age " + age + " is out of range: a rule takes 0 to " + LONGEST.toDays() + " days");
        }
        return age;
    }

    /** Returns when something that happened at a time has this age. */
    static Instant reached(Instant time, Duration age) {
        try {
            return time.plus(age);
        } catch (DateTimeException e) {
            return Instant.MAX;
        }
    }

    /** Writes an age in its largest whole unit: {@code 30d}. */
    static String text(Duration age) {
        long seconds = age.toSeconds();
        if (seconds == 0) {
            return "0s";
        }
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}

package dev.berth.registry.console.operation.upkeep;

/** Durations as people say them. */
final class Durations {
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Durations() {}

    /** Returns the words for a number of seconds: {@code 7 days}, {@code 10 minutes}. */
    static String of(long seconds) {
        if (seconds >= 2 * DAY || seconds >= DAY && seconds % DAY == 0) {
            return several(seconds / DAY, "day");
        }
        if (seconds >= HOUR) {
            return several(seconds / HOUR, "hour");
        }
        return seconds >= MINUTE ? several(seconds / MINUTE, "minute") : several(seconds, "second");
    }

    private static String several(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}

package dev.berth.registry.host;

import java.time.Duration;

/** What schedules ask of times. */
final class Times {
    private Times() {}

    /** Returns a time that is positive. */
    static Duration requirePositive(Duration time, String what) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("The " + what + " must be positive: " + time);
        }
        return time;
    }

    /** Returns the shorter of two. */
    static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}

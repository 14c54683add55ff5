package dev.berth.registry.internal.eventlog;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of an entry of the log. The newest is listed first, so that one name of a listing says which it is; compared, it
 * comes last.
 *
 * @param time of a {@link HybridClock}; 0 if the name is not one of the log
 * @param text how it is stored
 */
public record LogName(long time, String text) implements Comparable<LogName> {
    private static final int HEX = 16;
    private static final Pattern GRAMMAR = Pattern.compile("[0-7][0-9a-f]{15}-[0-9a-f]{16}");

    static LogName of(long time, String node) {
        return new LogName(time, String.format(Locale.ROOT, "%016x-%s", Long.MAX_VALUE - time, node));
    }

    /** Reads a name; one of another form is kept as it is. */
    static LogName parse(String text) {
        return new LogName(
                GRAMMAR.matcher(text).matches() ? Long.MAX_VALUE - Long.parseLong(text.substring(0, HEX), HEX) : 0,
                text);
    }

    boolean strange() {
        return time == 0;
    }

    /** The older one is less. */
    @Override
    public int compareTo(LogName other) {
        int byTime = Long.compare(time, other.time);
        return byTime != 0 ? byTime : text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}

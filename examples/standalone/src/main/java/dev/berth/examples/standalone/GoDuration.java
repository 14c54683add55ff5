package dev.berth.examples.standalone;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations as {@code registry:2} writes them: {@code 168h}, {@code 1h30m}, {@code 500ms}. */
final class GoDuration {
    private static final Pattern PART = Pattern.compile("(\\d{1,12}+)(ms|h|m|s)");

    private GoDuration() {}

    static Duration parse(String setting, String text) {
        Matcher part = PART.matcher(text);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (part.find() && part.start() == end) {
            long count = Long.parseLong(part.group(1));
            sum = sum.plus(
                    switch (part.group(2)) {
                        case "h" -> Duration.ofHours(count);
                        case "m" -> Duration.ofMinutes(count);
                        case "s" -> Duration.ofSeconds(count);
                        default -> Duration.ofMillis(count);
                    });
            end = part.end();
        }
        if (end != text.length() || sum.isZero()) {
            throw new ConfigException(
                    "'" + text + "' is not a duration for " + setting + "; write one such as 168h, 90m or 30s.");
        }
        return sum;
    }
}

package dev.berth.examples.standalone.configuration.values;

import dev.berth.examples.standalone.cli.CommandException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses durations in the syntax of Go, which {@code registry:2} uses: {@code 168h}, {@code 1h30m}, {@code 1.5s}. */
public final class GoDuration {
    private static final Pattern PART = Pattern.compile("(\\d{1,19}+(?:\\.\\d{0,19}+)?)(ns|us|µs|μs|ms|h|m|s)");

    /** The longest duration in Go, 292 years. */
    private static final BigDecimal MAX_NANOS = BigDecimal.valueOf(Long.MAX_VALUE);

    private GoDuration() {}

    public static Duration parse(String setting, String text) {
        Matcher part = PART.matcher(text);
        BigDecimal nanos = BigDecimal.ZERO;
        int end = 0;
        while (part.find() && part.start() == end) {
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(nanosOf(part.group(2))));
            end = part.end();
        }
        boolean zero = text.equals("0");
        if (end != text.length() && !zero || text.isEmpty() || nanos.compareTo(MAX_NANOS) > 0) {
            throw new CommandException(
                    "'" + text + "' is not a duration for " + setting + "; write one such as 168h, 90m or 30s.");
        }
        return Duration.ofNanos(nanos.longValue());
    }

    private static BigDecimal nanosOf(String unit) {
        return BigDecimal.valueOf(
                switch (unit) {
                    case "h" -> 3_600_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    case "s" -> 1_000_000_000L;
                    case "ms" -> 1_000_000L;
                    case "ns" -> 1L;
                    default -> 1_000L;
                });
    }
}

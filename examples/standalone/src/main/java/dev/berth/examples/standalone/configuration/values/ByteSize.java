package dev.berth.examples.standalone.configuration.values;

import dev.berth.examples.standalone.cli.CommandException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses sizes: bytes, or multiples of 1,024 as JVMs write them ({@code 64m}) or in full ({@code 64MiB}). */
public final class ByteSize {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,18}) ?(|b|k|kib|m|mib|g|gib)");

    private ByteSize() {}

    public static long parse(String setting, String text) {
        Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (size.matches()) {
            try {
                return Math.multiplyExact(Long.parseLong(size.group(1)), bytesOf(size.group(2)));
            } catch (ArithmeticException e) {
                // Not a size of anything either.
            }
        }
        throw new CommandException(
                "'" + text + "' is not a size for " + setting + "; write one such as 16MiB, 64m or 65536.");
    }

    private static long bytesOf(String unit) {
        return switch (unit) {
            case "k", "kib" -> 1L << 10;
            case "m", "mib" -> 1L << 20;
            case "g", "gib" -> 1L << 30;
            default -> 1L;
        };
    }
}

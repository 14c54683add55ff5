package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.ByteSize;
import dev.berth.examples.standalone.configuration.values.SettingValues;
import dev.berth.registry.maintenance.scrub.ScrubOptions;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how {@code serve} looks for damage. */
public final class ScrubReader {
    private static final String SECTION = "maintenance.scrub";
    private static final String ENABLED = SECTION + ".enabled";
    private static final String INTERVAL = SECTION + ".interval";
    private static final String RATE = SECTION + ".rate";

    /** The supported settings. */
    static final Set<String> VALUES = Set.of(ENABLED, INTERVAL, RATE);

    private static final long DEFAULT_RATE = 20 << 20;

    /** A rate in the units of those who sell disks. */
    private static final Pattern DECIMAL = Pattern.compile("(\\d{1,9}) ?([kmg])b");

    private final SettingValues values;

    ScrubReader(SettingValues values) {
        this.values = values;
    }

    ScrubSettings read() {
        return new ScrubSettings(
                values.flag(ENABLED, true),
                values.positiveDuration(INTERVAL, Duration.ofDays(7)),
                values.text(RATE).map(text -> rate(RATE, text)).orElse(DEFAULT_RATE));
    }

    /**
     * Reads a number of bytes in a second, such as {@code 50MB} or {@code 16MiB}.
     *
     * @param what the setting or option, for the message
     * @throws CommandException if it is none, or too small
     */
    public static long rate(String what, String text) {
        Matcher decimal = DECIMAL.matcher(text.toLowerCase(Locale.ROOT));
        long rate;
        if (decimal.matches()) {
            long unit = switch (decimal.group(2)) {
                case "k" -> 1_000L;
                case "m" -> 1_000_000L;
                default -> 1_000_000_000L;
            };
            rate = Long.parseLong(decimal.group(1)) * unit;
        } else {
            rate = ByteSize.parse(what, text);
        }
        try {
            ScrubOptions.Builder unused = ScrubOptions.builder().bytesPerSecond(rate);
        } catch (IllegalArgumentException e) {
            throw new CommandException(what + " cannot be " + text + ": " + e.getMessage() + ".");
        }
        return rate;
    }
}

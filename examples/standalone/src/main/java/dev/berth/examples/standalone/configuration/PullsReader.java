package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.SettingValues;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Reads whether {@code serve} counts pulls. */
final class PullsReader {
    static final String SECTION = "pulls";
    private static final String ENABLED = SECTION + ".enabled";
    private static final String INTERVAL = SECTION + ".interval";

    /** The supported settings. */
    static final Set<String> VALUES = Set.of(ENABLED, INTERVAL);

    /** A crash loses what was counted since pulls were written last. */
    private static final Duration LONGEST = Duration.ofSeconds(50);

    private final SettingValues values;

    PullsReader(SettingValues values) {
        this.values = values;
    }

    /** Returns how often pulls are written, or empty if they are not counted. */
    Optional<Duration> read() {
        Duration interval = values.positiveDuration(INTERVAL, Duration.ofSeconds(30));
        if (interval.compareTo(LONGEST) > 0) {
            throw new CommandException("The setting " + INTERVAL + " must be at most " + LONGEST.toSeconds()
                    + "s, so that a crash loses less than the pulls of a minute.");
        }
        return values.flag(ENABLED, true) ? Optional.of(interval) : Optional.empty();
    }
}

package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.GoDuration;
import dev.berth.examples.standalone.configuration.values.SettingValues;
import dev.berth.registry.maintenance.CollectionOptions;
import java.time.Duration;
import java.util.Set;

/** Reads how {@code serve} removes what nobody needs. */
public final class CollectionReader {
    /** The section of all settings for work in the background. */
    static final String SECTION = "maintenance";

    private static final String ENABLED = SECTION + ".collection.enabled";
    private static final String INTERVAL = SECTION + ".collection.interval";
    private static final String GRACE = SECTION + ".collection.grace";
    private static final String FULL_INTERVAL = SECTION + ".collection.fullinterval";
    private static final String CALLS = SECTION + ".collection.callspersecond";

    /** The supported settings. */
    static final Set<String> VALUES = Set.of(ENABLED, INTERVAL, GRACE, FULL_INTERVAL, CALLS);

    /** So that pulls keep most of their rate on a small machine: a removal costs about nine, most of which are made durable. */
    private static final int DEFAULT_CALLS = 500;

    private final SettingValues values;

    CollectionReader(SettingValues values) {
        this.values = values;
    }

    CollectionSettings read() {
        return new CollectionSettings(
                values.flag(ENABLED, true),
                values.positiveDuration(INTERVAL, Duration.ofMinutes(10)),
                values.text(GRACE)
                        .map(text -> grace("The setting " + GRACE, GoDuration.parse(GRACE, text)))
                        .orElse(CollectionOptions.defaults().grace()),
                values.positiveDuration(FULL_INTERVAL, Duration.ofDays(7)),
                values.positiveNumber(CALLS).orElse(DEFAULT_CALLS));
    }

    /**
     * Reads the value of an option.
     *
     * @throws CommandException if it cannot be a grace period
     */
    public static Duration graceOption(String option, String text) {
        return grace("The option " + option, GoDuration.parse(option, text));
    }

    private static Duration grace(String what, Duration grace) {
        try {
            return CollectionOptions.builder().grace(grace).build().grace();
        } catch (IllegalArgumentException e) {
            throw new CommandException(what + " cannot have this value: " + e.getMessage() + ".");
        }
    }
}

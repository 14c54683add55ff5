package dev.berth.examples.standalone.configuration;

import java.time.Duration;

/**
 * How {@code serve} looks for damage.
 *
 * @param enabled whether it does
 * @param interval the time from the beginning of one round to that of the next
 * @param bytesPerSecond how much is read in a second, on average
 */
public record ScrubSettings(boolean enabled, Duration interval, long bytesPerSecond) {}

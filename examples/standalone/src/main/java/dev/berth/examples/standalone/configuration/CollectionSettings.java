package dev.berth.examples.standalone.configuration;

import java.time.Duration;

/**
 * How {@code serve} removes what nobody needs.
 *
 * @param enabled whether it does
 * @param interval the time between two collections of what has changed
 * @param grace for how long what nobody needs is kept
 * @param fullInterval the time between two collections of everything
 * @param callsPerSecond how many calls of the storage a collection makes in a second, on average
 */
public record CollectionSettings(
        boolean enabled, Duration interval, Duration grace, Duration fullInterval, int callsPerSecond) {}

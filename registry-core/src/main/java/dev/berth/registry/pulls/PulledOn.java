package dev.berth.registry.pulls;

import dev.berth.registry.RepositoryName;
import java.time.Duration;
import java.time.Instant;

/**
 * What pulls are counted of, on one day: so the days are known of what is merged later.
 *
 * @param day the number of the day in UTC, from 1970-01-01
 */
record PulledOn(Pulled pulled, long day) {
    private static final long SECONDS_OF_DAY = Duration.ofDays(1).toSeconds();

    static PulledOn at(Pulled pulled, Instant time) {
        return new PulledOn(pulled, Math.floorDiv(time.getEpochSecond(), SECONDS_OF_DAY));
    }

    RepositoryName repository() {
        return pulled.repository();
    }
}

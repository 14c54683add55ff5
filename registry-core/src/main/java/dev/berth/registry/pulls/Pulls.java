package dev.berth.registry.pulls;

import java.time.Instant;
import java.util.Objects;

/**
 * A number of pulls, and when the last one was. Immutable.
 *
 * @param count how many there were, one at least
 * @param last when the last one was, by the clock of the node that answered it, to the millisecond
 * @since 0.1
 */
public record Pulls(long count, Instant last) {

    /** Checks that the time is there. */
    public Pulls {
        if (count < 1) {
            throw new IllegalArgumentException("There is at least one pull: " + count);
        }
        Objects.requireNonNull(last, "last");
    }

    /** Returns the pulls of both. */
    public Pulls plus(Pulls other) {
        return new Pulls(count + other.count, last.isAfter(other.last) ? last : other.last);
    }
}

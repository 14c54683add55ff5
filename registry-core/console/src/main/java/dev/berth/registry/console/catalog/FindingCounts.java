package dev.berth.registry.console.catalog;

/**
 * How many findings an image has of each severity. Immutable.
 *
 * @param other those that are negligible, or of which nobody has said how bad they are
 */
public record FindingCounts(int critical, int high, int medium, int low, int other) {

    /** Returns how many there are. */
    public int total() {
        return critical + high + medium + low + other;
    }
}

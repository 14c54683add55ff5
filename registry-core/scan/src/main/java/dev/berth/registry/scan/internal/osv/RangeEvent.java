package dev.berth.registry.scan.internal.osv;

/**
 * Where a range begins or ends.
 *
 * @param kind what is there
 * @param version at which version
 */
public record RangeEvent(Kind kind, String version) {

    /** What is at the version. Written by their numbers: new ones come last. */
    public enum Kind {
        /** The first version that is affected. */
        INTRODUCED,
        /** The first that is not any more. */
        FIXED,
        /** The last that is affected. */
        LAST_AFFECTED,
        /** The range says nothing about versions from here on. */
        LIMIT
    }
}

package dev.berth.registry.storage;

import java.time.Instant;
import java.util.Objects;

/**
 * Size, version and time of an object.
 *
 * @param size in bytes
 * @param version for {@link PutCondition#ifUnchanged} and {@link ObjectStore#deleteIfUnchanged}
 * @param lastModified when the object was written, by the store's clock. For display, and for telling old objects from
 *     new ones to within minutes: clocks differ, and a store may round to seconds. Whether an object has changed is
 *     told by the version only
 * @since 0.1
 */
public record ObjectStat(long size, ObjectVersion version, Instant lastModified) {

    /** Checks that nothing is missing. */
    public ObjectStat {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(lastModified, "lastModified");
    }
}

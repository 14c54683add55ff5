package dev.berth.registry.storage;

import java.time.Instant;
import java.util.Objects;

/**
 * What a store knows of an object.
 *
 * @param size in bytes
 * @param version the state of the object, for {@link PutCondition#ifUnchanged} and {@link ObjectStore#deleteIfUnchanged}
 * @param lastModified when it was written, by the store's clock
 */
public record ObjectStat(long size, ObjectVersion version, Instant lastModified) {

    /** Checks that nothing is missing. */
    public ObjectStat {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(lastModified, "lastModified");
    }
}

package dev.berth.registry.storage;

import java.util.Objects;

/**
 * What must hold of an object at the instant at which {@link ObjectStore#put} writes it. Immutable.
 *
 * @since 0.1
 */
public sealed interface PutCondition {

    /**
     * No condition.
     *
     * @since 0.1
     */
    record Always() implements PutCondition {}

    /**
     * There must be no such object.
     *
     * @since 0.1
     */
    record IfAbsent() implements PutCondition {}

    /**
     * The object must exist and have this version.
     *
     * @since 0.1
     */
    record IfUnchanged(ObjectVersion version) implements PutCondition {
        /** Checks that there is a version. */
        public IfUnchanged {
            Objects.requireNonNull(version, "version");
        }
    }

    /** Whether or not there is such an object. */
    static PutCondition always() {
        return new Always();
    }

    /** Only if there is no such object. */
    static PutCondition ifAbsent() {
        return new IfAbsent();
    }

    /** Only if the object still has this version. */
    static PutCondition ifUnchanged(ObjectVersion version) {
        return new IfUnchanged(version);
    }
}

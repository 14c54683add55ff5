package dev.berth.registry.storage;

import java.util.Objects;

/** What must hold of an object at the instant at which {@link ObjectStore#put} replaces it. */
public sealed interface PutCondition {

    /** No condition. */
    record Always() implements PutCondition {}

    /** There must be no such object. */
    record IfAbsent() implements PutCondition {}

    /** The object must exist and have this version. */
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

    /** Only if the object still is what it was when it had this version. */
    static PutCondition ifUnchanged(ObjectVersion version) {
        return new IfUnchanged(version);
    }
}

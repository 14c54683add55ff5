package dev.berth.registry.internal.objects;

import java.util.Optional;

/**
 * What becomes of an object.
 *
 * @param kind whether it is written, removed, or stays as it is
 * @param value what is written
 * @param result what the change returns
 */
public record Change<T, R>(Kind kind, Optional<T> value, R result) {

    /** What is done. */
    public enum Kind {
        KEEP,
        WRITE,
        REMOVE
    }

    /** The object stays as it is. */
    public static <T, R> Change<T, R> keep(R result) {
        return new Change<>(Kind.KEEP, Optional.empty(), result);
    }

    /** The object becomes this value. */
    public static <T, R> Change<T, R> write(T value, R result) {
        return new Change<>(Kind.WRITE, Optional.of(value), result);
    }

    /** The object is removed. */
    public static <T, R> Change<T, R> remove(R result) {
        return new Change<>(Kind.REMOVE, Optional.empty(), result);
    }
}

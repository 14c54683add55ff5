package dev.berth.registry.account.store;

import java.util.Optional;

/**
 * What becomes of an object.
 *
 * @param kind whether it is written, removed, or stays as it is
 * @param value what is written
 * @param result what the change returns
 */
record Change<T, R>(Kind kind, Optional<T> value, R result) {

    enum Kind {
        KEEP,
        WRITE,
        REMOVE
    }

    static <T, R> Change<T, R> keep(R result) {
        return new Change<>(Kind.KEEP, Optional.empty(), result);
    }

    static <T, R> Change<T, R> write(T value, R result) {
        return new Change<>(Kind.WRITE, Optional.of(value), result);
    }

    static <T, R> Change<T, R> remove(R result) {
        return new Change<>(Kind.REMOVE, Optional.empty(), result);
    }
}

package dev.berth.registry.metrics;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;

/** Things that are made when they are first wanted, by number: finding one takes no lock and allocates nothing. */
final class SeriesTable<T> {
    private final AtomicReferenceArray<T> made;
    private final IntFunction<? extends T> creator;

    /** @param creator may be called several times for a number, and returns what counts as the same then */
    SeriesTable(int size, IntFunction<? extends T> creator) {
        this.made = new AtomicReferenceArray<>(size);
        this.creator = creator;
    }

    /** Returns the number of a constant among those of its type. */
    @SuppressWarnings("EnumOrdinal") // the place in an array of this process, as in an EnumMap
    static int number(Enum<?> constant) {
        return constant.ordinal();
    }

    T get(Enum<?> constant) {
        return get(number(constant));
    }

    T get(int number) {
        T known = made.get(number);
        return known != null ? known : make(number);
    }

    private T make(int number) {
        T created = creator.apply(number);
        return made.compareAndSet(number, null, created) ? created : made.get(number);
    }
}

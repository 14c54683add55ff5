package dev.berth.registry.storage;

import java.io.IOException;

/**
 * A reading that may have begun already, of something that may turn out not to be wanted. For one thread; whoever has it
 * closes it.
 *
 * @param <T> what is read
 */
public interface Prefetch<T> extends AutoCloseable {

    /**
     * What is read: a call of a store that changes nothing.
     *
     * @param <T> what it returns
     */
    @FunctionalInterface
    interface Reading<T> {
        /** Reads. */
        T read() throws IOException;
    }

    /**
     * Returns what was read, which is the caller's from then on, or reads it now. To be called once, before closing.
     *
     * @throws IOException as the reading does, or because the thread was interrupted
     */
    T get() throws IOException;

    /** Gives it up if it was not asked for: what it has opened, or still will, is closed. May be called repeatedly. */
    @Override
    void close();

    /** Returns one that begins when it is asked for, in the thread that asks. */
    static <T> Prefetch<T> whenAsked(Reading<T> reading) {
        return new Prefetch<>() {
            @Override
            public T get() throws IOException {
                return reading.read();
            }

            @Override
            public void close() {}
        };
    }
}

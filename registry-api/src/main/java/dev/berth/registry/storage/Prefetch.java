package dev.berth.registry.storage;

import java.io.IOException;

/**
 * A read that may have started, and whose result may not be needed. For one thread. The caller closes it.
 *
 * @param <T> the result
 * @since 0.1
 */
public interface Prefetch<T> extends AutoCloseable {

    /**
     * The read: calls of a store that change nothing.
     *
     * @param <T> the result
     * @since 0.1
     */
    @FunctionalInterface
    interface Reading<T> {
        /** Reads, and returns the result. */
        T read() throws IOException;
    }

    /**
     * Returns the result, which the caller owns from then on, after waiting for it or reading it now. Called at most
     * once, before closing.
     *
     * @throws IOException if the read fails, or the thread is interrupted
     */
    T get() throws IOException;

    /**
     * Returns whether the read has been given to another thread. If not, {@link #get} reads in the calling thread. Does not
     * wait.
     */
    default boolean started() {
        return true;
    }

    /** Discards a result that was not requested, now or when it arrives. Idempotent. */
    @Override
    void close();

    /** Returns a prefetch that reads when the result is requested, in the calling thread. */
    static <T> Prefetch<T> whenAsked(Reading<T> reading) {
        return new Prefetch<>() {
            @Override
            public T get() throws IOException {
                return reading.read();
            }

            @Override
            public boolean started() {
                return false;
            }

            @Override
            public void close() {}
        };
    }
}

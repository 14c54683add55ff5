package dev.berth.registry.host;

/**
 * Work that goes on beside requests, from the start of a {@link HostedRegistry} to its end. The methods are called once each,
 * in this order, by one thread at a time; {@link #end} and {@link #close} also if the work was not started.
 *
 * @since 0.1
 */
public interface BackgroundWork {

    /**
     * Begins, and returns at once.
     *
     * @throws RuntimeException if it cannot begin; then the registry does not start
     */
    void start();

    /** Begins to end, so that {@link #close} takes less time. Requests may still be in progress. Does not wait. */
    default void end() {
        // Nothing takes long.
    }

    /** Ends within seconds. No request is in progress any more. What it throws is logged. */
    void close();
}

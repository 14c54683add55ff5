package dev.berth.registry.host;

import java.time.InstantSource;
import java.util.function.Consumer;
import org.slf4j.Logger;

/**
 * What all work in the background has in common.
 *
 * @param threads where it runs
 * @param metrics what counts it
 * @param clock tells the time
 * @param fatalErrors is told of each error
 */
record Background(HostThreads threads, HostMetrics metrics, InstantSource clock, Consumer<? super Error> fatalErrors) {

    /** Returns what repeats work; see {@link Repetition}. */
    Repetition repetition(Logger log, String failed) {
        return new Repetition(log, failed, fatalErrors);
    }
}

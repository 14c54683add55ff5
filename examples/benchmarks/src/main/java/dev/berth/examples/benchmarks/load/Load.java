package dev.berth.examples.benchmarks.load;

/**
 * What came back under a load.
 *
 * @param operations how many were completed
 * @param bytes how many bytes of content went over the connections
 * @param seconds how long it took
 * @param p50Millis the median of the times that an operation took
 * @param p99Millis the time that all but 1 % took at most
 * @param errors operations that failed
 */
public record Load(long operations, long bytes, double seconds, double p50Millis, double p99Millis, long errors) {
    /** Operations in a second. */
    public double rate() {
        return operations / seconds;
    }

    /** Megabytes in a second. */
    public double megabytes() {
        return bytes / seconds / 1e6;
    }
}

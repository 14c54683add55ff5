package dev.berth.registry.metrics;

import dev.berth.registry.storage.UploadConflictException;
import dev.berth.registry.storage.UploadGoneException;
import java.io.IOException;

/** What a {@link TimedStore} and its uploads count in. */
final class StorageTimers {
    private static final StorageAction[] ACTIONS = StorageAction.values();

    private final SeriesTable<Histogram> times;
    private final SeriesTable<Counter> failures;
    private final Gauge incoming;
    private final Counter incomingBytes;

    StorageTimers(Metrics metrics, String driver) {
        Labelled<Histogram> histograms = metrics.histograms(
                "registry_storage_action_seconds",
                "Time that calls of the store take.",
                Buckets.storageSeconds(),
                "action",
                "driver");
        this.times = new SeriesTable<>(ACTIONS.length, i -> histograms.with(ACTIONS[i].label(), driver));
        Labelled<Counter> counters = metrics.counters(
                "registry_storage_errors_total", "Calls of the store that failed.", "action", "driver");
        this.failures = new SeriesTable<>(ACTIONS.length, i -> counters.with(ACTIONS[i].label(), driver));
        this.incoming = metrics.gauges(
                        "registry_storage_uploads_in_flight",
                        "Uploads of which the store is receiving bytes.",
                        "driver")
                .with(driver);
        this.incomingBytes = metrics.counters(
                        "registry_storage_uploaded_bytes_total",
                        "Bytes of uploads that the store has received.",
                        "driver")
                .with(driver);
    }

    /** A call of the store. */
    @FunctionalInterface
    interface Call<T> {
        T make() throws IOException;
    }

    /** Makes a call, and counts it and the time that it takes. */
    <T> T time(StorageAction action, Call<T> call) throws IOException {
        long began = System.nanoTime();
        try {
            return call.make();
        } catch (UploadGoneException | UploadConflictException e) {
            // What somebody else has done to the upload, and no failure of the store.
            throw e;
        } catch (IOException | RuntimeException e) {
            failures.get(action).increment();
            throw e;
        } finally {
            times.get(action).observe(System.nanoTime() - began);
        }
    }

    /** Makes a call that reads what a client sends. How long that takes is up to the client, so it is not timed. */
    <T> T receive(Call<T> call) throws IOException {
        incoming.increment();
        try {
            return call.make();
        } finally {
            incoming.decrement();
        }
    }

    void received(long bytes) {
        incomingBytes.add(Math.max(0, bytes));
    }
}

package dev.berth.examples.standalone.maintenance;

import dev.berth.registry.maintenance.CollectionListener;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Prints every ten seconds to standard error how far a collection is. Thread-safe. */
final class GcProgress implements CollectionListener {
    private static final long INTERVAL_NANOS = 10_000_000_000L;

    private final LongSupplier nanoTime;
    private final AtomicLong told;

    GcProgress(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.told = new AtomicLong(nanoTime.getAsLong());
    }

    @Override
    public void progress(String step, long done) {
        long now = nanoTime.getAsLong();
        long last = told.get();
        if (now - last >= INTERVAL_NANOS && told.compareAndSet(last, now)) {
            System.err.println(String.format(Locale.ROOT, "%s: %,d", step, done));
        }
    }
}

package dev.berth.registry.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;

/** Runs of many seeds. Several at a time: one that passes the turn from thread to thread keeps no core busy. */
final class Seeds {
    private static final int THREADS = 2 * Runtime.getRuntime().availableProcessors();

    private Seeds() {}

    /** Returns the lowest seed for which something holds. */
    static OptionalLong first(long from, int count, LongPredicate holds) {
        AtomicLong next = new AtomicLong(from);
        AtomicLong lowest = new AtomicLong(from + count);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                workers.add(threads.submit(() -> {
                    for (long seed = next.getAndIncrement(); seed < lowest.get(); seed = next.getAndIncrement()) {
                        if (holds.test(seed)) {
                            lowest.accumulateAndGet(seed, Math::min);
                        }
                    }
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
        return lowest.get() < from + count ? OptionalLong.of(lowest.get()) : OptionalLong.empty();
    }
}

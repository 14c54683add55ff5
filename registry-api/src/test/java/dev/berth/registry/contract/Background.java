package dev.berth.registry.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads that repeat something until this is closed. Closing fails if one of them has failed. */
final class Background implements AutoCloseable {
    private final ExecutorService threads;
    private final List<Future<Void>> futures = new ArrayList<>();
    private volatile boolean stopped;

    private Background(int count) {
        threads = Executors.newFixedThreadPool(count);
    }

    /** What is repeated. */
    @FunctionalInterface
    interface Step {
        void run(int thread, int round) throws Exception;
    }

    /** Starts this many threads, and returns when each has done its step once, or failed. */
    static Background repeat(int count, Step step) throws InterruptedException {
        Background background = new Background(count);
        CountDownLatch warm = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            int thread = i;
            background.futures.add(background.threads.submit(() -> {
                try {
                    for (int round = 0; !background.stopped; round++) {
                        step.run(thread, round);
                        warm.countDown();
                    }
                } finally {
                    warm.countDown();
                }
                return null;
            }));
        }
        if (!warm.await(1, TimeUnit.MINUTES)) {
            throw new AssertionError("The background threads did not get through one round within a minute");
        }
        return background;
    }

    @Override
    public void close() throws Exception {
        stopped = true;
        try {
            for (Future<Void> future : futures) {
                Racers.result(future);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}

package dev.berth.registry.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Runs tasks at the same time: all threads are there before the first one begins. */
final class Racers {
    private Racers() {}

    /** What one of several threads does. */
    @FunctionalInterface
    interface Task<T> {
        T run(int racer) throws Exception;
    }

    /** Runs a task on this many threads and returns the results in order. Fails if one of them fails. */
    static <T> List<T> race(int racers, Task<T> task) throws Exception {
        return raceAll(IntStream.range(0, racers)
                .mapToObj(racer -> (Callable<T>) () -> task.run(racer))
                .toList());
    }

    /** Runs each task on a thread of its own and returns the results in order. Fails if one of them fails. */
    static <T> List<T> raceAll(List<Callable<T>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            CyclicBarrier start = new CyclicBarrier(tasks.size());
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> task : tasks) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return task.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(result(future));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Runs a task on another thread and returns its result. */
    static <T> T elsewhere(Callable<T> task) throws Exception {
        return raceAll(List.of(task)).get(0);
    }

    static <T> T result(Future<T> future) throws Exception {
        try {
            return future.get(1, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception exception) {
                throw exception;
            }
            throw (Error) e.getCause();
        }
    }
}

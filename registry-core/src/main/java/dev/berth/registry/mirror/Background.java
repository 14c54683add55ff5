package dev.berth.registry.mirror;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Work that nobody waits for: a few pieces at once, and not more than some that wait. Thread-safe. */
final class Background {
    private static final int AT_ONCE = 4;
    private static final int MOST_WAITING = 1_000;

    private final Executor executor;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;

    Background(Executor executor) {
        this.executor = executor;
    }

    /** Does something soon; returns false if too much waits already, or the executor takes nothing any more. */
    boolean begin(Runnable work) {
        lock.lock();
        try {
            if (waiting.size() >= MOST_WAITING) {
                return false;
            }
            waiting.add(work);
            if (running == AT_ONCE) {
                return true;
            }
            running++;
        } finally {
            lock.unlock();
        }
        try {
            executor.execute(this::run);
            return true;
        } catch (RejectedExecutionException e) {
            stop();
            return false;
        }
    }

    private void stop() {
        lock.lock();
        try {
            running--;
            waiting.clear();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        for (Runnable next = next(); next != null; next = next()) {
            next.run();
        }
    }

    private @Nullable Runnable next() {
        lock.lock();
        try {
            @Nullable Runnable next = waiting.poll();
            if (next == null) {
                running--;
            }
            return next;
        } finally {
            lock.unlock();
        }
    }
}

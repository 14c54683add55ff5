package dev.berth.registry.copy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Does pieces of work in parallel: in the calling thread, and in helpers that an executor runs. If the executor has no
 * thread to spare the calling thread does it all, so that copies that run on a small executor cannot wait for each other.
 *
 * <p>After the first failure no piece is begun any more, those under way are ended, and {@link #map} fails when all have
 * come to their end: nobody works in the background then.
 */
final class ParallelTasks {
    private final Executor executor;
    private final int size;
    private final Cancellation cancellation;

    ParallelTasks(Executor executor, int size, Cancellation cancellation) {
        this.executor = executor;
        this.size = size;
        this.cancellation = cancellation;
    }

    /** Returns a tasks without helpers, for work within a piece of work. */
    ParallelTasks alone() {
        return new ParallelTasks(executor, 1, cancellation);
    }

    /** Does something with each item, and returns the results in the order of the items. */
    <T, R> List<R> map(List<T> items, Function<T, R> task) {
        Work<T, R> work = new Work<>(items, task);
        List<Helper> helpers = new ArrayList<>();
        for (int i = 1; i < Math.min(size, items.size()); i++) {
            Helper helper = new Helper(work);
            try {
                executor.execute(helper);
                helpers.add(helper);
            } catch (RejectedExecutionException e) {
                // The others do its work.
            }
        }
        work.run();
        boolean interrupted = false;
        for (Helper helper : helpers) {
            interrupted |= helper.end();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        cancellation.throwIfFailed();
        return Collections.unmodifiableList(work.results);
    }

    /** The items, of which everybody takes the next one. */
    private final class Work<T, R> implements Runnable {
        private final List<T> items;
        private final Function<T, R> task;
        private final List<R> results;
        private final AtomicInteger next = new AtomicInteger();

        Work(List<T> items, Function<T, R> task) {
            this.items = items;
            this.task = task;
            this.results = new ArrayList<>(Collections.nCopies(items.size(), null));
        }

        @Override
        public void run() {
            try {
                for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
                    cancellation.throwIfFailed();
                    cancellation.throwIfInterrupted();
                    R result = task.apply(items.get(i));
                    // Each place is written once, by one thread, and read after that has ended.
                    results.set(i, result);
                }
            } catch (RuntimeException | Error e) {
                cancellation.fail(e);
            }
        }
    }

    /** Runs the work in a thread of the executor, if there is one before the work is done. */
    private final class Helper implements Runnable {
        private final Runnable work;
        private final ReentrantLock state = new ReentrantLock();
        private final CountDownLatch ended = new CountDownLatch(1);
        private final Runnable interruption = this::interrupt;
        private @Nullable Thread thread;
        private boolean begun;
        private boolean over;
        private boolean interrupted;

        Helper(Runnable work) {
            this.work = work;
        }

        @Override
        public void run() {
            state.lock();
            try {
                if (over) {
                    return;
                }
                begun = true;
                thread = Thread.currentThread();
            } finally {
                state.unlock();
            }
            try {
                cancellation.add(interruption);
                work.run();
            } finally {
                leave();
            }
        }

        private void leave() {
            cancellation.remove(interruption);
            state.lock();
            try {
                thread = null;
                if (interrupted) {
                    // It was meant for this work, not for what the thread does next.
                    Thread.interrupted();
                }
            } finally {
                state.unlock();
                ended.countDown();
            }
        }

        /** Waits until it has come to its end, if it ever began. Returns whether the calling thread was interrupted. */
        boolean end() {
            if (!begunBeforeNow()) {
                return false;
            }
            boolean callerInterrupted = false;
            while (true) {
                try {
                    ended.await();
                    return callerInterrupted;
                } catch (InterruptedException e) {
                    callerInterrupted = true;
                    cancellation.interrupted();
                }
            }
        }

        /** Keeps it from beginning, if it has not begun; returns whether it has. */
        private boolean begunBeforeNow() {
            state.lock();
            try {
                over = true;
                return begun;
            } finally {
                state.unlock();
            }
        }

        private void interrupt() {
            state.lock();
            try {
                if (thread != null) {
                    interrupted = true;
                    thread.interrupt();
                }
            } finally {
                state.unlock();
            }
        }
    }
}

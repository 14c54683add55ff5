package dev.berth.registry.mirror.replication;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

/** Several threads that do the same until there is nothing to do, the calling one among them. */
final class Workers {
    private final Executor executor;
    private final int parallelism;

    Workers(Executor executor, int parallelism) {
        this.executor = executor;
        this.parallelism = parallelism;
    }

    /**
     * Takes steps until one returns {@code false}, in each of the threads, and returns when all have ended. Threads that
     * the executor has not begun by then take no step.
     */
    void run(BooleanSupplier step) {
        Helpers helpers = new Helpers(step);
        for (int i = 1; i < parallelism; i++) {
            try {
                executor.execute(helpers);
            } catch (RejectedExecutionException e) {
                // It is being closed, or busy: this thread does all.
                break;
            }
        }
        try {
            while (step.getAsBoolean()) {
                // There may be more.
            }
        } finally {
            helpers.await();
        }
    }

    /** What other threads do of it. */
    private static final class Helpers implements Runnable {
        private final BooleanSupplier step;
        private final CountDownLatch ended = new CountDownLatch(1);
        private int running;
        private boolean over;

        private Helpers(BooleanSupplier step) {
            this.step = step;
        }

        @Override
        public void run() {
            synchronized (this) {
                if (over) {
                    return;
                }
                running++;
            }
            try {
                while (step.getAsBoolean()) {
                    // There may be more.
                }
            } finally {
                synchronized (this) {
                    running--;
                    if (over && running == 0) {
                        ended.countDown();
                    }
                }
            }
        }

        private void await() {
            synchronized (this) {
                over = true;
                if (running == 0) {
                    return;
                }
            }
            boolean interrupted = false;
            while (true) {
                try {
                    ended.await();
                    break;
                } catch (InterruptedException e) {
                    // They are interrupted as well, and end soon.
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

package dev.berth.registry.host;

import dev.berth.registry.RegistryException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Work that is run again and again, one run after the other. That a run fails is logged, and the next one comes. It ends
 * without the end of the executor that it runs on, which may belong to somebody else. Thread-safe.
 */
final class Repetition {
    private static final int MOST_CAUSES = 20;

    private final Logger log;
    private final String failed;
    private final Consumer<? super Error> fatalErrors;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private @Nullable ScheduledFuture<?> schedule;
    private @Nullable Thread running;
    private boolean interrupted;
    private volatile boolean ending;

    /**
     * Creates what does nothing yet.
     *
     * @param log where failures are logged
     * @param failed what is logged of a run that throws anything
     * @param fatalErrors is told of each error
     */
    Repetition(Logger log, String failed, Consumer<? super Error> fatalErrors) {
        this.log = log;
        this.failed = failed;
        this.fatalErrors = fatalErrors;
    }

    /**
     * Begins.
     *
     * @param first the time until the first run
     * @param interval the time from the end of a run to the next one
     */
    void start(ScheduledExecutorService threads, Duration first, Duration interval, Runnable work) {
        lock.lock();
        try {
            if (!ending) {
                schedule = threads.scheduleWithFixedDelay(
                        () -> run(work), first.toMillis(), Math.max(1, interval.toMillis()), TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    private void run(Runnable work) {
        if (!enter()) {
            return;
        }
        try {
            guard(work);
        } finally {
            leave();
        }
    }

    private boolean enter() {
        lock.lock();
        try {
            if (ending) {
                return false;
            }
            running = Thread.currentThread();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            running = null;
            if (interrupted) {
                // It was meant for this work, and the thread may be that of somebody else.
                boolean unused = Thread.interrupted();
            }
            idle.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Runs work in the thread of the caller. Never fails. */
    void guard(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            tellError(e);
            // Whatever it is: what escapes would cancel all further runs silently.
            log.warn(failed, e);
        }
    }

    private void tellError(Throwable failure) {
        @Nullable Throwable cause = failure;
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            if (cause instanceof Error error) {
                fatalErrors.accept(error);
                return;
            }
            cause = cause.getCause();
        }
    }

    /**
     * Logs what a run has not done, unless it was told to end.
     *
     * @param what a sentence for what was not done
     * @param next when it is done
     * @param e why it was not
     */
    void incomplete(String what, String next, RegistryException e) {
        if (!ending) {
            tellError(e);
            log.warn("{}; {}: {}", what, next, e.getMessage());
            log.debug(what, e);
        }
    }

    /** Returns whether no further run begins. */
    boolean isEnding() {
        return ending;
    }

    /** Begins no other run. Does not wait for the one that is in progress. */
    void end() {
        lock.lock();
        try {
            ending = true;
            if (schedule != null) {
                schedule.cancel(false);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Begins no other run, and interrupts the one that is in progress if it takes longer than this. */
    void close(Duration longest) {
        end();
        if (!awaitIdle(longest)) {
            interruptRun();
        }
    }

    /**
     * Begins no other run, and interrupts the one that is in progress.
     *
     * @param longest how long to wait for its end
     * @return whether it has ended
     */
    boolean interrupt(Duration longest) {
        end();
        interruptRun();
        return awaitIdle(longest);
    }

    private void interruptRun() {
        lock.lock();
        try {
            if (running != null) {
                interrupted = true;
                running.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitIdle(Duration longest) {
        lock.lock();
        try {
            long left = longest.toNanos();
            while (running != null) {
                if (left <= 0) {
                    return false;
                }
                left = idle.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}

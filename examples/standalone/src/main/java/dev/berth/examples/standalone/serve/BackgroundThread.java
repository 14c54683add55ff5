package dev.berth.examples.standalone.serve;

import dev.berth.registry.RegistryException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/**
 * A thread for work in the background, one task after the other. That a task fails is logged, and it runs again. The
 * process does not wait for it when it ends.
 */
final class BackgroundThread {
    private final Logger log;
    private final String failed;
    private final ScheduledExecutorService thread;

    /**
     * Creates a thread that does nothing yet.
     *
     * @param log where failures are logged
     * @param failed what is logged of a task that throws anything
     */
    BackgroundThread(String name, Logger log, String failed) {
        this.log = log;
        this.failed = failed;
        this.thread = Executors.newSingleThreadScheduledExecutor(daemons(name));
    }

    /** Returns a factory of threads that do not keep the process alive. */
    static ThreadFactory daemons(String name) {
        return task -> {
            Thread daemon = new Thread(task, name);
            daemon.setDaemon(true);
            return daemon;
        };
    }

    /** Runs a task once. */
    void execute(Runnable task) {
        thread.execute(() -> guard(task));
    }

    /**
     * Runs a task again and again.
     *
     * @param first the time until it runs first
     * @param interval the time between the end of a run and the next one
     */
    void repeat(Duration first, Duration interval, Runnable task) {
        // The future is unused: every failure is logged.
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(
                () -> guard(task), first.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs a task in the thread of the caller. Fails never. */
    void guard(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            OutOfMemory.endIfCauseOf(e);
            // Whatever it is: what escapes would cancel all further runs silently.
            log.warn(failed, e);
        }
    }

    /**
     * Logs what a task has not done, unless it was told to end.
     *
     * @param what a sentence for what was not done
     * @param next when it is done
     * @param e why it was not
     */
    void incomplete(String what, String next, RegistryException e) {
        if (!isEnding()) {
            log.warn("{}; {}: {}", what, next, e.getMessage());
            log.debug(what, e);
        }
    }

    /** Returns whether no further run begins. */
    boolean isEnding() {
        return thread.isShutdown();
    }

    /** Begins no other run. Does not wait for the one that is in progress. */
    void end() {
        thread.shutdown();
    }

    /** Begins no other run, and interrupts the one that is in progress if it takes longer than this. */
    void close(Duration longest) {
        end();
        if (!awaitEnd(longest)) {
            thread.shutdownNow();
        }
    }

    /**
     * Begins no other run, and interrupts the one that is in progress.
     *
     * @param longest how long to wait for its end
     * @return whether it has ended
     */
    boolean interrupt(Duration longest) {
        thread.shutdownNow();
        return awaitEnd(longest);
    }

    private boolean awaitEnd(Duration longest) {
        try {
            return thread.awaitTermination(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

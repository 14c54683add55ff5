package dev.berth.examples.standalone;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts the thread of a command when the process is stopped (SIGINT, SIGTERM), says so in one line, and lets the
 * process wait until the command has cleaned up.
 */
final class ShutdownInterrupt implements AutoCloseable {
    private static final int TIMEOUT_SECONDS = 10;
    private static final int AGAIN_MILLIS = 100;

    private final StoppableOutput errors;
    private final Thread command = Thread.currentThread();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "berth-stop");
    private volatile boolean stopped;

    ShutdownInterrupt(StoppableOutput errors) {
        this.errors = errors;
    }

    /** Registers the shutdown hook. */
    void arm() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is being stopped already.
            stop();
        }
    }

    /** Returns whether the process is being stopped. */
    boolean isStopped() {
        return stopped;
    }

    private void interrupt() {
        if (ended.getCount() == 0) {
            return;
        }
        stop();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        try {
            // Again and again, since whatever the command calls may swallow an interrupt. A command that takes longer
            // is killed with the process.
            do {
                command.interrupt();
            } while (!ended.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS) && System.nanoTime() < end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop() {
        stopped = true;
        errors.stopWith("The command was interrupted; repeat it to continue.");
    }

    /** Marks the command as ended. */
    @Override
    public void close() {
        ended.countDown();
    }
}

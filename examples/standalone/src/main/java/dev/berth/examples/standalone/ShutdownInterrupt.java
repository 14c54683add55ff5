package dev.berth.examples.standalone;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts the thread of a command when the process is stopped (SIGINT, SIGTERM), and lets the process wait until the
 * command has cleaned up and reported the interruption.
 */
final class ShutdownInterrupt implements AutoCloseable {
    private static final int TIMEOUT_SECONDS = 10;

    private final Thread command = Thread.currentThread();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "berth-stop");

    /** Registers the shutdown hook. */
    void arm() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void interrupt() {
        if (ended.getCount() == 0) {
            return;
        }
        command.interrupt();
        try {
            // A command that takes longer is killed with the process.
            ended.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Marks the command as ended. */
    @Override
    public void close() {
        ended.countDown();
    }
}

package dev.berth.examples.standalone;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command come to an orderly end when the process is told to stop (Ctrl-C, SIGTERM): its thread is interrupted, and
 * the process waits until it has cleaned up and said so.
 */
final class Interruption implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 10;

    private final Thread command = Thread.currentThread();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "berth-stop");

    /** From now on the calling thread is interrupted when the process is told to stop. */
    void arm() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void interrupt() {
        if (ended.getCount() == 0) {
            return;
        }
        command.interrupt();
        try {
            // Whatever does not end by then is ended with the process.
            ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The command has come to its end. */
    @Override
    public void close() {
        ended.countDown();
    }
}

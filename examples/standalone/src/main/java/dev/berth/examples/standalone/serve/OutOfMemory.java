package dev.berth.examples.standalone.serve;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when there is no memory left: what was interrupted in its middle may never work again, and nothing that
 * was acknowledged is lost. The part that ends the process needs no memory itself.
 */
final class OutOfMemory {
    /** The exit status of {@code -XX:+ExitOnOutOfMemoryError}. */
    static final int EXIT_STATUS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(OutOfMemory.class);
    private static final int MOST_CAUSES = 20;
    private static final int RESERVED = 256 * 1024;
    private static final byte[] LINE = ("Berth ends with exit status " + EXIT_STATUS + ": the memory of "
                    + Runtime.getRuntime().maxMemory() / (1024 * 1024)
                    + " MiB is used up. Start it again, with more memory (java -Xmx...) if this happens often.\n")
            .getBytes(StandardCharsets.US_ASCII);
    private static final FileOutputStream STANDARD_ERROR = new FileOutputStream(FileDescriptor.err);

    private static final byte[] EMPTY = new byte[0];
    /** Let go of when it is needed: even ending takes the JVM a little memory. */
    private static final AtomicReference<byte[]> RESERVE = new AtomicReference<>(new byte[RESERVED]);

    private OutOfMemory() {}

    /** Ends the process also if any other thread has no memory. */
    static void watchAllThreads() {
        // Makes the JVM initialise what ends it, for which there may be no memory later.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {}, "berth-end"));
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> {
            endIfCauseOf(e);
            LOG.error("The thread {} has failed", thread.getName(), e);
        });
    }

    /** Ends the process if a lack of memory is the failure, or its cause. */
    static void endIfCauseOf(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            if (cause instanceof OutOfMemoryError && !isOfThreads(cause.getMessage())) {
                end();
            }
            cause = cause.getCause();
        }
    }

    /** A JVM reports also that the system has no more threads. The client is refused then, and others are served. */
    private static boolean isOfThreads(@Nullable String message) {
        return message != null && message.contains("thread");
    }

    private static void end() {
        RESERVE.set(EMPTY);
        try {
            STANDARD_ERROR.write(LINE);
        } catch (IOException | Error e) {
            // There is no other way to tell.
            RESERVE.set(EMPTY);
        } finally {
            Runtime.getRuntime().halt(EXIT_STATUS);
        }
    }
}

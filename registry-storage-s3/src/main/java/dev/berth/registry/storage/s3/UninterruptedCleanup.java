package dev.berth.registry.storage.s3;

import java.io.IOException;

/** Cleans up after a failure, also if that was an interrupt, which would prevent every further request. */
final class UninterruptedCleanup {
    private UninterruptedCleanup() {}

    /** A cleanup that nothing depends on. */
    interface Cleanup {
        void run() throws IOException;
    }

    /** Runs a cleanup; if it fails, that failure is added to the reason as suppressed. */
    static void run(Throwable reason, Cleanup cleanup) {
        boolean interrupted = Thread.interrupted();
        try {
            cleanup.run();
        } catch (IOException | RuntimeException e) {
            if (!e.equals(reason)) {
                reason.addSuppressed(e);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

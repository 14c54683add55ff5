package dev.berth.registry.storage.s3;

import java.io.IOException;

/** Clears up after a failure, also when that was an interrupt, which would keep every further request from being sent. */
final class UninterruptedCleanup {
    private UninterruptedCleanup() {}

    /** Something that is best done, but that nothing depends on. */
    interface Cleanup {
        void run() throws IOException;
    }

    /** Runs it; if it fails, the reason for it says so too. */
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

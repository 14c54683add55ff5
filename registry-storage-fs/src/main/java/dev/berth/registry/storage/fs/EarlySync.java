package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.fs.journal.DiskSync;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes large uploads to the disk while they arrive, in a few threads, so that the commit has little left to wait for.
 * Promises nothing: the commit syncs the file. If all threads are busy, the disk is too. Thread-safe.
 */
final class EarlySync {
    private static final int STEP = 16 * 1024 * 1024;
    private static final int MOST_THREADS = 4;
    private static final int IDLE_SECONDS = 10;

    private final DiskSync sync;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0, MOST_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), EarlySync::thread);

    EarlySync(DiskSync sync) {
        this.sync = sync;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "berth-upload-sync");
        thread.setDaemon(true);
        return thread;
    }

    /** Follows an append to a file. */
    Appending begin(Path file) {
        return new Appending(file);
    }

    /** What is known of one append. For one thread. */
    final class Appending {
        private final Path file;
        private int unsynced;
        private @Nullable FutureTask<Void> running;
        private @Nullable IOException failure;

        private Appending(Path file) {
            this.file = file;
        }

        /** Called after bytes have been written to the file. */
        void written(int count) throws IOException {
            unsynced += count;
            if (unsynced >= STEP) {
                FutureTask<Void> last = running;
                if (last == null || last.isDone()) {
                    finish();
                    start();
                }
                unsynced = 0;
            }
        }

        private void start() {
            FutureTask<Void> task = new FutureTask<>(() -> {
                sync.file(file);
                return null;
            });
            try {
                threads.execute(task);
                running = task;
            } catch (RejectedExecutionException | OutOfMemoryError e) {
                // All are busy, or the system has no thread for it now.
            }
        }

        /**
         * Waits for what has been started.
         *
         * @throws IOException if any of it has failed. The system tells that once only, so the bytes must not be used
         */
        void finish() throws IOException {
            FutureTask<Void> last = running;
            running = null;
            if (last != null) {
                await(last);
            }
            if (failure != null) {
                throw new IOException("The bytes of an upload could not be written to the disk", failure);
            }
        }

        private void await(FutureTask<Void> last) {
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        last.get();
                        return;
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
            } catch (ExecutionException e) {
                // Without the file, it has been aborted.
                if (!(e.getCause() instanceof NoSuchFileException)) {
                    failure = e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}

package dev.berth.registry.storage.s3;

import dev.berth.registry.storage.StorageBusyException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The memory that the parts of all appends and writes in progress have together. Each takes as much as it has to keep, and
 * waits for a while where there is no more. Thread-safe.
 */
final class PartMemory {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final Duration longestWait;
    private final long limit;
    private long taken;

    PartMemory(long limit) {
        this(limit, LONGEST_WAIT);
    }

    PartMemory(long limit, Duration longestWait) {
        this.limit = limit;
        this.longestWait = longestWait;
    }

    /** Begins an append or write, which has nothing yet. */
    Lease lease() {
        return new Lease();
    }

    /** What one append or write has. For one thread. */
    final class Lease implements AutoCloseable {
        private long bytes;

        /**
         * Takes more.
         *
         * @throws StorageBusyException if there is none within some seconds
         */
        void take(long count) throws StorageBusyException, InterruptedIOException {
            lock.lock();
            try {
                long nanos = longestWait.toNanos();
                // The only one goes on in any case: another node may have begun the upload, with larger parts.
                while (taken + count > limit && taken > bytes) {
                    if (nanos <= 0) {
                        throw new StorageBusyException(
                                "The appends in progress have all the memory there is for the parts of uploads, "
                                        + limit + " bytes",
                                new TimeoutException("No memory within " + longestWait.toSeconds() + " s"),
                                RETRY_AFTER);
                    }
                    nanos = more.awaitNanos(nanos);
                }
                taken += count;
                bytes += count;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                InterruptedIOException interrupted = new InterruptedIOException("Interrupted while waiting for memory");
                interrupted.initCause(e);
                throw interrupted;
            } finally {
                lock.unlock();
            }
        }

        void give(long count) {
            lock.lock();
            try {
                taken -= count;
                bytes -= count;
                more.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /** Gives everything back. */
        @Override
        public void close() {
            give(bytes);
        }
    }

    /** Returns how much is taken. */
    long taken() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }
}

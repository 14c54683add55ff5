package dev.berth.registry.mirror;

import dev.berth.registry.BlobContent;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A blob on its way here, and its readers: each reads what has arrived, from where it wants. The last byte of each reader
 * waits until the whole blob has the right digest. Readers come and go without any effect on the download or on each other.
 * Thread-safe.
 */
final class Flight {
    /** While no byte is expected, a reader waits for what happens next: for a second at a time, to be safe. */
    private static final long IDLE = TimeUnit.SECONDS.toNanos(1);

    private final Duration stallTimeout;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Descriptor blob;
    private @Nullable Spool spool;
    private @Nullable RegistryException failure;
    private @Nullable BlobContent source;
    private long arrived;
    private long lastProgress = System.nanoTime();
    private int readers;
    private boolean alreadyHere;
    private boolean complete;
    private boolean ended;

    Flight(Duration stallTimeout) {
        this.stallTimeout = stallTimeout;
    }

    /** Says that nothing has to be downloaded: somebody else has done it. */
    void alreadyHere() {
        change(() -> alreadyHere = true);
    }

    /** Says what is coming. */
    void begin(Descriptor coming, Spool into) {
        change(() -> {
            blob = coming;
            spool = into;
        });
    }

    /** Says where the bytes come from, now that they do. */
    void from(BlobContent content) {
        change(() -> {
            source = content;
            lastProgress = System.nanoTime();
        });
    }

    /** Says how many bytes have arrived. */
    void progress(long count) {
        change(() -> {
            arrived = count;
            lastProgress = System.nanoTime();
        });
    }

    /** Says that all bytes have arrived, and have the digest. */
    void complete() {
        change(() -> complete = true);
    }

    /** Says that the download has failed for good. */
    void fail(RegistryException why) {
        change(() -> failure = why);
    }

    /** Says that the download is over, whatever came of it. */
    void end() {
        change(() -> {
            ended = true;
            source = null;
        });
        deleteIfUnused();
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns what is coming, if that is known. */
    Optional<Descriptor> blob() {
        lock.lock();
        try {
            return Optional.ofNullable(blob);
        } finally {
            lock.unlock();
        }
    }

    /** Adds somebody who will read, or leave; returns false if the download is over. */
    boolean enter() {
        lock.lock();
        try {
            if (ended) {
                return false;
            }
            readers++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Opens the blob, or a part of it, as soon as its size is known. Whoever calls this has entered, and leaves by closing the
     * content; if there is none, it has left.
     *
     * @return the content, or empty if the blob is here already
     * @throws RegistryException if the download has failed, or nothing comes within the deadline
     */
    Optional<BlobContent> open(ByteRange range, Duration deadline, String what) {
        boolean opened = false;
        lock.lock();
        try {
            long left = deadline.toNanos();
            while (blob == null && failure == null && !alreadyHere && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (alreadyHere) {
                return Optional.empty();
            }
            if (failure != null) {
                throw failure;
            }
            Descriptor coming = blob;
            Spool from = spool;
            if (coming == null || from == null) {
                throw RegistryException.of(
                        ErrorCode.UNAVAILABLE,
                        "Could not " + what + ": the upstream registry has not answered within " + deadline.toMillis()
                                + " ms");
            }
            ByteRange.Slice slice = range.slice(coming.size());
            FlightReader reader = new FlightReader(this, slice, from.openForReading());
            opened = true;
            return Optional.of(BlobContent.of(coming, slice, reader));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RegistryException.of(ErrorCode.UNAVAILABLE, "Could not " + what + ": the thread was interrupted", e);
        } catch (IOException e) {
            throw RegistryException.of(
                    ErrorCode.UNAVAILABLE, "Could not " + what + ": its temporary file cannot be read", e);
        } finally {
            lock.unlock();
            if (!opened) {
                leave();
            }
        }
    }

    /**
     * Waits until there are bytes at a position.
     *
     * @param end where the reader ends
     * @return up to where it may read, more than the position
     * @throws IOException if the download has failed, with its failure as the cause
     */
    long awaitBeyond(long position, long end) throws IOException {
        @Nullable BlobContent stalled = null;
        while (true) {
            lock.lock();
            try {
                if (failure != null) {
                    throw new IOException(failure.getMessage(), failure);
                }
                long readable = complete ? end : Math.min(arrived, end - 1);
                if (readable > position) {
                    return readable;
                }
                if (ended) {
                    throw new IOException("The download has ended before its end");
                }
                long left = stallTimeout.toNanos() - (System.nanoTime() - lastProgress);
                boolean receiving = source != null && arrived < size();
                if (!receiving || left > 0) {
                    boolean unused = changed.await(receiving ? left : IDLE, TimeUnit.NANOSECONDS);
                } else {
                    // The download goes on from another connection.
                    stalled = source;
                    source = null;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("The thread was interrupted while it waited for a download");
            } finally {
                lock.unlock();
            }
            if (stalled != null) {
                stalled.close();
                stalled = null;
            }
        }
    }

    /** Waits until the download is over, whatever comes of it. */
    void awaitEnd() throws InterruptedException {
        lock.lock();
        try {
            while (!ended) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private long size() {
        return blob == null ? Long.MAX_VALUE : blob.size();
    }

    /** A reader has ended. */
    void leave() {
        change(() -> readers--);
        deleteIfUnused();
    }

    private void deleteIfUnused() {
        @Nullable Spool unused = null;
        lock.lock();
        try {
            if (ended && readers == 0) {
                unused = spool;
                spool = null;
            }
        } finally {
            lock.unlock();
        }
        if (unused != null) {
            unused.delete();
        }
    }
}

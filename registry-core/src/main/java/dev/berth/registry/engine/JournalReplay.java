package dev.berth.registry.engine;

import dev.berth.registry.internal.store.RepairPass;
import dev.berth.registry.internal.store.RepairReplay;
import dev.berth.registry.storage.StorageFullException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replays the repair journal for an engine: a little in the calling thread, and what is more in a few threads of its own.
 *
 * <p>The first call of an engine waits for the little only. That is safe. A read by name or digest does not depend on the
 * journal, which is about listings. A listing may lack something only if a process died between deleting an index entry
 * and looking whether a push had come meanwhile; the journal's entry of that deletion is among the newest, and the pass
 * begins with them. All others are of deletions that were completed, or that other processes are at, and whatever a request
 * or another process does beside the replay, it checks the same facts.
 */
final class JournalReplay {
    private static final Logger LOG = LoggerFactory.getLogger(JournalReplay.class);

    /** How many entries are replayed before the first call goes on. */
    static final int FIRST_ENTRIES = 64;

    /** How long the first call may be held up, unless a single call of the store takes longer. */
    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final RepairReplay repairs;
    private final RepairReplay.SecondLook secondLook;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable ReplayThreads running;
    private boolean closed;

    JournalReplay(RepairReplay repairs, RepairReplay.SecondLook secondLook) {
        this.repairs = repairs;
        this.secondLook = secondLook;
    }

    /**
     * Replays the beginning, and lets threads go on with the rest. A failure of theirs is left to maintenance, and so is
     * everything if the storage is full, which is no reason to refuse reading from it.
     */
    void begin() throws IOException {
        RepairPass pass = repairs.begin(secondLook);
        boolean complete;
        try {
            complete = first(pass);
        } catch (StorageFullException e) {
            LOG.warn(
                    "The deletions that an earlier process may have left half done are completed later: {}",
                    e.getMessage());
            return;
        }
        if (!complete) {
            LOG.info("Completing the deletions that an earlier process may have left half done, beside the requests");
            start(pass);
        }
    }

    /**
     * Replays the whole journal, or waits for the pass that is in progress.
     *
     * @return the number of entries that were completed and deleted
     */
    int run() throws IOException {
        ReplayThreads threads = current();
        if (threads == null) {
            RepairPass pass = repairs.begin(secondLook);
            if (first(pass)) {
                return pass.removed();
            }
            threads = start(pass);
        }
        try {
            return threads.await();
        } catch (InterruptedException e) {
            threads.stop();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The replay of the repair journal was interrupted");
        }
    }

    /** Ends a pass that is in progress. What it has not come to is left to the next start. */
    void close() {
        lock.lock();
        try {
            closed = true;
            if (running != null) {
                running.stop();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether the pass came to its end. */
    private static boolean first(RepairPass pass) throws IOException {
        long begun = System.nanoTime();
        for (int i = 0; i < FIRST_ENTRIES && System.nanoTime() - begun < FIRST_NANOS; i++) {
            if (!pass.step(() -> System.nanoTime() - begun < FIRST_NANOS)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable ReplayThreads current() {
        lock.lock();
        try {
            return running != null && running.working() ? running : null;
        } finally {
            lock.unlock();
        }
    }

    private ReplayThreads start(RepairPass pass) {
        lock.lock();
        try {
            ReplayThreads threads = new ReplayThreads(pass);
            running = threads;
            if (closed) {
                threads.stop();
            }
            threads.start();
            return threads;
        } finally {
            lock.unlock();
        }
    }
}

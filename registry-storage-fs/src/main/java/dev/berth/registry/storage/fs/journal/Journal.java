package dev.berth.registry.storage.fs.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes changes of files durable before they are made, by one write for all threads that wait for it at the same time.
 * Thread-safe.
 *
 * <p>A caller {@linkplain #write writes} the entries of its changes, then makes them, then closes what it got. So a file
 * never has what the journal has not, and after a power cut the journal says what each file should be. Entries for one file
 * must be written in the order of its changes, so under a lock of the file that is held until the change has been made.
 *
 * <p>A segment that is full is retired by a thread of its own: when all its changes have been made, a {@link Checkpoint}
 * syncs the files themselves, and its file is used for another segment. Others go on with the next one meanwhile; they wait
 * only if that has become four times as large. If the disk has no room for entries, the journal is emptied in the same way,
 * and its room is used again.
 */
public final class Journal implements AutoCloseable {
    private static final int MOST_SEGMENTS_AHEAD = 4;

    private final Path directory;
    private final FileCreation creation;
    private final DiskSync sync;
    private final Checkpoint checkpoint;
    private final Predicate<IOException> noRoom;
    private final long segmentBytes;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Group pending = new Group();
    private boolean writing;
    private @Nullable SegmentInUse current;
    private @Nullable SegmentInUse retiring;
    private @Nullable Segment spare;
    private long number;
    private long files;
    private @Nullable IOException failure;

    /**
     * Opens an empty journal in an existing directory, from which {@link JournalRecovery} has removed what an earlier
     * process had left.
     *
     * @param creation makes the files
     * @param noRoom tells whether a failure says that the disk is full
     * @param segmentBytes the size from which a segment is retired
     */
    public Journal(
            Path directory,
            FileCreation creation,
            DiskSync sync,
            Checkpoint checkpoint,
            Predicate<IOException> noRoom,
            long segmentBytes) {
        this.directory = directory;
        this.creation = creation;
        this.sync = sync;
        this.checkpoint = checkpoint;
        this.noRoom = noRoom;
        this.segmentBytes = segmentBytes;
    }

    /** Takes room on the disk for the first entries, so that deletions can be recorded when nothing else fits any more. */
    public void reserve() throws IOException {
        lock.lock();
        try {
            if (current == null && spare == null) {
                spare = create(++files, ++number);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes an empty file. */
    @FunctionalInterface
    public interface FileCreation {
        void create(Path file) throws IOException;
    }

    /** Keeps entries in the journal until their changes have been made, or given up. */
    public interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Makes entries durable.
     *
     * @throws NoRoomException if there is no room for them. Then the journal has nothing about their files
     * @throws IOException if it has failed. Then nothing can be made durable any more until the store is opened again: what
     *     the disk has is not known
     */
    public Hold write(Collection<? extends JournalEntry> entries) throws IOException {
        lock.lock();
        try {
            Group group = pending;
            group.add(entries);
            while (!group.done) {
                requireWorking();
                if (writing || isTooFarAhead()) {
                    changed.awaitUninterruptibly();
                } else {
                    writePending();
                }
            }
            SegmentInUse used = group.result();
            return () -> release(used);
        } finally {
            lock.unlock();
        }
    }

    private boolean isTooFarAhead() {
        return retiring != null && current != null && current.segment.end() >= MOST_SEGMENTS_AHEAD * segmentBytes;
    }

    private void release(SegmentInUse used) {
        lock.lock();
        try {
            used.holds--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Called under the lock, which is not held while writing. */
    private void writePending() {
        writing = true;
        Group group = pending;
        pending = new Group();
        try {
            try {
                append(group);
            } catch (IOException e) {
                if (!noRoom.test(e)) {
                    throw e;
                }
                empty();
                appendOrRefuse(group);
            }
        } catch (IOException e) {
            group.failure = e;
            if (!(e instanceof NoRoomException)) {
                fail(e);
            }
        } finally {
            writing = false;
            group.done = true;
            changed.signalAll();
        }
        SegmentInUse full = current;
        if (full != null && full.segment.end() >= segmentBytes && retiring == null && failure == null) {
            startRetiring(full);
        }
    }

    private void startRetiring(SegmentInUse full) {
        Thread thread = new Thread(() -> retire(full), "berth-journal-checkpoint");
        thread.setDaemon(true);
        current = null;
        retiring = full;
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            // The system has no thread for it now: the segment goes on.
            retiring = null;
            current = full;
        }
    }

    private void appendOrRefuse(Group group) throws IOException {
        try {
            append(group);
        } catch (IOException e) {
            throw noRoom.test(e) ? new NoRoomException(e) : e;
        }
    }

    private void append(Group group) throws IOException {
        SegmentInUse used = current;
        Segment next = spare;
        if (used == null) {
            spare = null;
            long created = next == null ? ++number : 0;
            long file = next == null ? ++files : 0;
            Segment segment = next != null ? next : unlocked(() -> create(file, created));
            used = new SegmentInUse(segment);
            current = used;
        }
        Segment segment = used.segment;
        byte[] entries = group.bytes();
        unlocked(() -> {
            segment.append(entries);
            return segment;
        });
        used.holds += group.callers();
        group.segment = used;
    }

    private interface Step<T> {
        T run() throws IOException;
    }

    /** Runs a step without the lock. Whatever it throws is an {@link IOException}, since others wait for its end. */
    private <T> T unlocked(Step<T> step) throws IOException {
        lock.unlock();
        try {
            return step.run();
        } catch (RuntimeException | Error e) {
            throw new IOException("The journal cannot be written: " + e, e);
        } finally {
            lock.lock();
        }
    }

    private Segment create(long file, long firstNumber) throws IOException {
        Path path = JournalReader.path(directory, file);
        try {
            creation.create(path);
            Segment created = Segment.open(path, firstNumber, sync);
            sync.directory(directory);
            return created;
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /** Makes everything durable that the journal is about, and begins it again. Called under the lock. */
    private void empty() throws IOException {
        while (retiring != null) {
            changed.awaitUninterruptibly();
        }
        requireWorking();
        SegmentInUse used = current;
        if (used != null) {
            current = null;
            spare = finish(used);
        }
    }

    /** Called under the lock, which is not held while files are synced. */
    private Segment finish(SegmentInUse used) throws IOException {
        while (used.holds > 0) {
            changed.awaitUninterruptibly();
        }
        Segment segment = used.segment;
        unlocked(() -> {
            JournalRecovery.sync(segment.path(), checkpoint);
            return segment;
        });
        long next = ++number;
        return unlocked(() -> {
            segment.begin(next);
            return segment;
        });
    }

    private void retire(SegmentInUse full) {
        lock.lock();
        try {
            finishRetiring(full);
        } finally {
            lock.unlock();
        }
    }

    private void finishRetiring(SegmentInUse full) {
        try {
            spare = finish(full);
        } catch (IOException e) {
            fail(e);
            full.segment.close();
        } finally {
            retiring = null;
            changed.signalAll();
        }
    }

    /**
     * Returns when everything is durable without the journal, and it is empty; used when changes could not be made whose
     * entries are in it. The caller has closed its own hold.
     */
    public void checkpoint() throws IOException {
        lock.lock();
        try {
            while (writing || retiring != null) {
                changed.awaitUninterruptibly();
            }
            requireWorking();
            SegmentInUse used = current;
            if (used != null) {
                current = null;
                retiring = used;
                finishRetiring(used);
                requireWorking();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Called under the lock. What the disk has is not known any more, so nothing may be told to be durable. */
    private void fail(IOException e) {
        if (failure == null) {
            failure = e;
            try {
                // The system may say later that all is well, since it tells an error only once.
                Files.createFile(JournalReader.failed(directory));
            } catch (IOException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
        }
    }

    /** Records that syncing a file has failed. */
    public void failed(IOException e) {
        lock.lock();
        try {
            fail(e);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Checks that changes can be made durable. */
    public void check() throws IOException {
        lock.lock();
        try {
            requireWorking();
        } finally {
            lock.unlock();
        }
    }

    private void requireWorking() throws IOException {
        if (failure != null) {
            throw new IOException(
                    "Changes cannot be made durable since an earlier failure (" + failure.getMessage()
                            + "); the store must be opened again",
                    failure);
        }
    }

    /** Makes everything durable without the journal and deletes it. No other call may be running. */
    @Override
    public void close() throws IOException {
        try {
            checkpoint();
            JournalRecovery.delete(directory, sync);
        } finally {
            closeFiles();
        }
    }

    private void closeFiles() {
        if (current != null) {
            current.segment.close();
        }
        if (spare != null) {
            spare.close();
        }
    }
}

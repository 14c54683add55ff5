package dev.berth.registry.storage.fs.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes changes of files durable by one write for all threads that wait for it at the same time. Thread-safe.
 *
 * <p>A caller first {@linkplain #append appends} the entry of a change, then makes the change, and at the end
 * {@linkplain #sync syncs} before it tells anybody. A power cut before that loses any part of the changes; a power cut after
 * it loses none. Entries for one file must be appended in the order of its changes, so under a lock of the file.
 *
 * <p>A segment that is full is retired: a {@link Checkpoint} syncs the files themselves, and the segment is deleted. That
 * happens in the thread whose sync has filled it, while others go on with the next segment. If the disk has no room for
 * entries, the files themselves are synced instead, all that the journal is about: so deleting works on a full disk.
 */
public final class Journal implements AutoCloseable {
    private final Path directory;
    private final DirectorySync directorySync;
    private final Checkpoint checkpoint;
    private final Predicate<IOException> noRoom;
    private final long segmentBytes;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** What was appended and is not on the disk yet. */
    private ByteArrayOutputStream pending = new ByteArrayOutputStream();

    /** The files of entries that are pending or in the current segment. */
    private Set<String> touched = new HashSet<>();

    private long appended;
    private long durable;
    private boolean writing;
    private boolean retiring;
    private long number;
    private @Nullable Segment segment;
    private @Nullable IOException failure;

    /** Makes durable which files a directory has. */
    @FunctionalInterface
    public interface DirectorySync {
        /** Returns when the entries of the directory survive a power cut. */
        void sync(Path directory) throws IOException;
    }

    private Journal(
            Path directory,
            DirectorySync directorySync,
            Checkpoint checkpoint,
            Predicate<IOException> noRoom,
            long segmentBytes,
            long number) {
        this.directory = directory;
        this.directorySync = directorySync;
        this.checkpoint = checkpoint;
        this.noRoom = noRoom;
        this.segmentBytes = segmentBytes;
        this.number = number;
    }

    /**
     * Opens the journal in an existing directory. Segments that are there, and have been replayed if that was necessary, are
     * retired.
     *
     * @param noRoom tells whether a failure says that the disk is full
     * @param segmentBytes the size from which a segment is retired
     */
    public static Journal open(
            Path directory,
            DirectorySync directorySync,
            Checkpoint checkpoint,
            Predicate<IOException> noRoom,
            long segmentBytes)
            throws IOException {
        List<JournalReader.Found> earlier = JournalReader.segments(directory);
        Set<String> touched = new HashSet<>();
        JournalReader.replay(directory, entry -> touched.addAll(files(entry)));
        checkpoint.sync(touched);
        long last = 0;
        for (JournalReader.Found found : earlier) {
            Files.delete(found.path());
            last = found.number();
        }
        return new Journal(directory, directorySync, checkpoint, noRoom, segmentBytes, last);
    }

    private static Set<String> files(JournalEntry entry) {
        return entry instanceof JournalEntry.Move move ? Set.of(move.path(), move.from()) : Set.of(entry.path());
    }

    /**
     * Appends an entry.
     *
     * @return what {@link #sync(long)} takes to make it durable
     */
    public long append(JournalEntry entry) throws IOException {
        ByteBuffer encoded = EntryCodec.encode(entry);
        lock.lock();
        try {
            requireWorking();
            pending.write(encoded.array(), encoded.arrayOffset(), encoded.remaining());
            touched.addAll(files(entry));
            appended += encoded.remaining();
            return appended;
        } finally {
            lock.unlock();
        }
    }

    /** Returns what {@link #sync(long)} takes to make everything durable that was appended by anybody until now. */
    public long position() {
        lock.lock();
        try {
            return appended;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns when everything up to a position is durable.
     *
     * @throws IOException if it cannot be made durable. Then nothing can be any more, until the store is opened again: what
     *     the disk has of it is not known
     */
    public void sync(long position) throws IOException {
        Retired retired = null;
        lock.lock();
        try {
            while (durable < position) {
                requireWorking();
                if (writing) {
                    changed.awaitUninterruptibly();
                } else {
                    retired = writePending();
                }
            }
        } finally {
            lock.unlock();
        }
        if (retired != null) {
            retire(retired);
        }
    }

    /** A segment that is full, and the files that its entries are about. */
    private record Retired(Segment segment, Set<String> touched) {}

    /** Called under the lock, which is not held while writing. */
    private @Nullable Retired writePending() throws IOException {
        writing = true;
        ByteArrayOutputStream bytes = pending;
        pending = new ByteArrayOutputStream();
        long target = appended;
        Segment current = segment;
        lock.unlock();
        IOException failed = null;
        try {
            current = current == null ? createSegment() : current;
            current.write(ByteBuffer.wrap(bytes.toByteArray()));
        } catch (IOException e) {
            failed = e;
        } finally {
            lock.lock();
        }
        segment = current;
        if (failed != null) {
            failed = syncInstead(failed);
        }
        writing = false;
        changed.signalAll();
        if (failed != null) {
            failure = failed;
            throw failed;
        }
        durable = target;
        return segment != null && segment.end() >= segmentBytes && !retiring ? replace(segment) : null;
    }

    /**
     * Syncs all files that the journal is about, in place of a write that has failed for lack of room. Called under the
     * lock, which is held: nothing else makes changes durable meanwhile.
     *
     * @return the failure, or null if everything is durable now
     */
    private @Nullable IOException syncInstead(IOException failed) {
        if (!noRoom.test(failed)) {
            return failed;
        }
        while (retiring) {
            changed.awaitUninterruptibly();
        }
        try {
            checkpoint.sync(touched);
            touched = new HashSet<>();
            Segment full = segment;
            segment = null;
            if (full != null) {
                full.close();
                Files.deleteIfExists(full.path());
            }
            return null;
        } catch (IOException e) {
            e.addSuppressed(failed);
            return e;
        }
    }

    private Segment createSegment() throws IOException {
        Segment created = Segment.create(JournalReader.path(directory, ++number), SegmentHeader.ofThisBoot());
        directorySync.sync(directory);
        return created;
    }

    /**
     * Takes the current segment out of use. The files of entries that are pending are synced with it, which does no harm,
     * and stay those of the next one, too.
     */
    private Retired replace(Segment full) {
        retiring = true;
        Retired retired = new Retired(full, touched);
        touched = pending.size() == 0 ? new HashSet<>() : new HashSet<>(touched);
        segment = null;
        return retired;
    }

    private void retire(Retired retired) throws IOException {
        try (Segment full = retired.segment) {
            checkpoint.sync(retired.touched);
            Files.delete(full.path());
        } catch (IOException e) {
            fail(e);
            throw e;
        } finally {
            lock.lock();
            try {
                retiring = false;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void fail(IOException e) {
        lock.lock();
        try {
            failure = e;
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

    /** Syncs all files, so that nothing of the journal is needed any more, and deletes it. No other call may be running. */
    @Override
    public void close() throws IOException {
        sync(position());
        lock.lock();
        try {
            while (retiring) {
                changed.awaitUninterruptibly();
            }
            if (segment != null) {
                Retired last = replace(segment);
                lock.unlock();
                try {
                    retire(last);
                } finally {
                    lock.lock();
                }
            }
        } finally {
            lock.unlock();
        }
    }
}

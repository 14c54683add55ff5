package dev.berth.registry.storage.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Reserves a directory for one store, by a lock on {@code .berth-lock}, which the system releases when the process ends
 * for whatever reason. The file contains the id of the process.
 *
 * <p>On Unix a process loses its lock on a file when it closes that file anywhere. So a second store of the same
 * process must not even open the lock file. A claim file {@code .berth-lock-…}, named after the process, prevents that.
 * The claim of a crashed process is recognized by its name and removed by the next owner. On a disk without room for
 * another file, the claim takes the room of the reserve, or is a second name of the lock file.
 */
final class StoreLock implements AutoCloseable {
    private static final String LOCK = ".berth-lock";
    private static final String CLAIM = LOCK + "-";

    private static final Set<StandardOpenOption> OPENING =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);

    /** Replaces the start time of this process if the system does not provide it. */
    private static final String NO_START = UUID.randomUUID().toString();

    private final Path claim;
    private final FileChannel channel;

    private StoreLock(Path claim, FileChannel channel) {
        this.claim = claim;
        this.channel = channel;
    }

    /**
     * Locks a directory.
     *
     * @throws InUseException if there is a store in it already, in this process or another one
     */
    static StoreLock acquire(Path root, Reserve reserve, FileModes modes) throws IOException {
        ProcessHandle process = ProcessHandle.current();
        // With the start time, since processes in containers have the same few ids.
        String start = process.info()
                .startInstant()
                .map(Instant::toEpochMilli)
                .map(String::valueOf)
                .orElse(NO_START);
        Path claim = root.resolve(CLAIM + process.pid() + "-" + start);
        try {
            claim(claim, root.resolve(LOCK), reserve, modes);
        } catch (FileAlreadyExistsException e) {
            throw new InUseException("this process already");
        }
        boolean locked = false;
        try {
            FileChannel channel = FileChannel.open(root.resolve(LOCK), OPENING, modes.ofFiles());
            try {
                lock(channel);
                removeOtherClaims(root, claim);
                tell(process.pid(), channel);
                // An interrupt closes it, which releases the lock.
                locked = channel.isOpen();
            } finally {
                if (!locked) {
                    channel.close();
                }
            }
            if (!locked) {
                throw new ClosedByInterruptException();
            }
            return new StoreLock(claim, channel);
        } finally {
            if (!locked) {
                Files.deleteIfExists(claim);
            }
        }
    }

    /** Returns what a disk supports on which nothing can be tried. */
    static DiskTraits traits(Path root) throws IOException {
        return DiskTraits.least(root.resolve(LOCK));
    }

    private static void claim(Path claim, Path lock, Reserve reserve, FileModes modes) throws IOException {
        try {
            modes.createFile(claim);
        } catch (FileSystemException e) {
            if (!DiskFull.saysFull(e)) {
                throw e;
            }
            try {
                if (reserve.release()) {
                    modes.createFile(claim);
                } else {
                    Files.createLink(claim, lock);
                }
            } catch (IOException | UnsupportedOperationException alsoFailed) {
                e.addSuppressed(alsoFailed);
                throw e;
            }
        }
    }

    private static void lock(FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            throw new InUseException("this process already");
        }
        if (lock == null) {
            throw new InUseException(holder(channel));
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(20);
        channel.read(text, 0);
        String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
        return pid.isEmpty() ? "another process" : "process " + pid;
    }

    private static void tell(long pid, FileChannel channel) {
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((pid + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
        } catch (IOException e) {
            // The disk may be full. The id is only for the message of the next owner.
        }
    }

    private static void removeOtherClaims(Path root, Path own) throws IOException {
        try (DirectoryStream<Path> claims = Files.newDirectoryStream(root, CLAIM + "*")) {
            for (Path claim : claims) {
                if (!claim.equals(own)) {
                    Files.deleteIfExists(claim);
                }
            }
        }
    }

    /** Checks that the lock is still held, and that the directory is still the one that was locked. */
    void check() throws IOException {
        if (!channel.isOpen() || !Files.exists(claim)) {
            throw new IOException("it was removed or replaced, or its lock was lost");
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            channel.truncate(0);
        } catch (ClosedByInterruptException e) {
            // The lock is released; the file only still names its last owner.
        } finally {
            Files.deleteIfExists(claim);
        }
    }

    /** The directory is in use. */
    static final class InUseException extends IOException {
        private static final long serialVersionUID = 1L;

        private InUseException(String holder) {
            super(holder);
        }
    }
}

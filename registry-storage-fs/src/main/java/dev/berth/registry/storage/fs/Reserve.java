package dev.berth.registry.storage.fs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Room that is kept for deletions, which must record what they are about to do before they can free any: files that
 * have their inode and their block. One is overwritten in place and renamed, so that nobody else gets its room, or
 * deleted where something else than a file is to be made. Refilled as soon as there is room again.
 *
 * <p>Thread-safe. What the reserve has is forgotten with the process: the directory says it at the next start.
 */
final class Reserve {
    /** How many files there are, at most this share of the disk. */
    private static final int FILES = 64;

    private static final int SHARE_OF_DISK = 64;

    /** What a file has, and a block of most file systems. */
    static final int BYTES = 4096;

    private final Path directory;
    private final FileModes modes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Path> files = new ArrayDeque<>();
    private final AtomicLong count = new AtomicLong();
    private final AtomicInteger missing = new AtomicInteger();

    Reserve(Path directory, FileModes modes) {
        this.directory = directory;
        this.modes = modes;
    }

    /** Finds what an earlier process has left. Changes nothing. */
    void find() throws IOException {
        scan(file -> {});
    }

    /** Deletes what an earlier process has begun to use. Called by the owner of the directory. */
    void clean() throws IOException {
        scan(Files::deleteIfExists);
    }

    private interface Use {
        void with(Path file) throws IOException;
    }

    private void scan(Use ofUnusable) throws IOException {
        lock.lock();
        try {
            files.clear();
            if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                try (DirectoryStream<Path> found = Files.newDirectoryStream(directory)) {
                    for (Path file : found) {
                        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) == BYTES) {
                            files.add(file);
                        } else {
                            ofUnusable.with(file);
                        }
                    }
                } catch (DirectoryIteratorException e) {
                    throw e.getCause();
                }
            }
            missing.set(wanted() - files.size());
        } finally {
            lock.unlock();
        }
    }

    private int wanted() throws IOException {
        long most = Files.getFileStore(Directories.of(directory)).getTotalSpace() / SHARE_OF_DISK / BYTES;
        return (int) Math.max(1, Math.min(FILES, most));
    }

    /** Fills the reserve, as far as there is room. */
    void fill() {
        boolean added = true;
        while (added && missing.get() > 0) {
            added = addOne();
        }
    }

    /** Adds a file if one is missing and there is room. Costs nothing otherwise. */
    void refill() {
        if (missing.get() > 0) {
            addOne();
        }
    }

    private boolean addOne() {
        // Who finds it locked leaves refilling to the one that does it.
        if (!lock.tryLock()) {
            return false;
        }
        try {
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                modes.createDirectory(directory);
            }
            Path file = make();
            files.add(file);
            missing.decrementAndGet();
            return true;
        } catch (IOException e) {
            // There is no room, which is what the reserve is for.
            return false;
        } finally {
            lock.unlock();
        }
    }

    private Path make() throws IOException {
        Path file = directory.resolve(Long.toString(count.incrementAndGet()));
        while (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            file = directory.resolve(Long.toString(count.incrementAndGet()));
        }
        boolean complete = false;
        try {
            modes.createFile(file);
            try (RandomAccessFile output = new RandomAccessFile(file.toFile(), "rw")) {
                output.write(new byte[BYTES]);
            }
            complete = true;
            return file;
        } finally {
            if (!complete) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Takes a file with room for {@value #BYTES} bytes, which is the caller's then; empty if there is none left. */
    Optional<Path> take() {
        lock.lock();
        try {
            @Nullable Path file = files.poll();
            while (file != null && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                missing.incrementAndGet();
                file = files.poll();
            }
            if (file != null) {
                missing.incrementAndGet();
            }
            return Optional.ofNullable(file);
        } finally {
            lock.unlock();
        }
    }

    /** Gives room back to the disk for whatever is made next, and returns whether there was any. */
    boolean release() throws IOException {
        Optional<Path> file = take();
        return file.isPresent() && Files.deleteIfExists(file.get());
    }
}

package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.fs.journal.DiskSync;
import dev.berth.registry.storage.fs.read.ObjectStats;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Temporary files, in a directory of their own on the same file system. What a crash leaves there is deleted when the
 * store is opened again.
 */
final class TempFiles {
    private static final int BUFFER = 64 * 1024;

    private final Path directory;
    private final VersionClock versions;
    private final FileModes modes;
    private final AtomicLong count = new AtomicLong();

    TempFiles(Path directory, VersionClock versions, FileModes modes) {
        this.directory = directory;
        this.versions = versions;
        this.modes = modes;
    }

    /** Creates the directory if there is none. */
    static void prepare(Path directory, DiskSync sync, FileModes modes) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            modes.createDirectory(directory);
            sync.directory(Directories.of(directory));
        }
    }

    static void empty(Path directory) throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(directory)) {
            for (Path leftover : leftovers) {
                if (Files.isDirectory(leftover, LinkOption.NOFOLLOW_LINKS)) {
                    empty(leftover);
                }
                Files.delete(leftover);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** Checks that a file can be created, and leaves none. */
    void check() throws IOException {
        Files.delete(modes.createFile(next()));
    }

    private Path next() {
        return directory.resolve(Long.toString(count.incrementAndGet()));
    }

    /** Writes a file, also if the thread is interrupted, which would close a channel. */
    TempFile write(byte[] content) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return writeNew(next(), content);
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private TempFile writeNew(Path path, byte[] content) throws IOException {
        boolean complete = false;
        try (FileChannel output = modes.openNew(path)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.position() < content.length) {
                rest.limit(Math.min(rest.position() + BUFFER, content.length));
                output.write(rest);
            }
            complete = true;
        } finally {
            if (!complete) {
                Files.deleteIfExists(path);
            }
        }
        return stamped(path, content.length);
    }

    private TempFile stamped(Path path, int size) throws IOException {
        boolean complete = false;
        try {
            FileTime time = versions.stamp(path);
            complete = true;
            return new TempFile(path, time, ObjectStats.version(time, size));
        } finally {
            if (!complete) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** Writes over a file that has room for the content, and cuts it to that length. */
    TempFile write(Path path, byte[] content) throws IOException {
        boolean complete = false;
        try (RandomAccessFile output = new RandomAccessFile(path.toFile(), "rw")) {
            for (int offset = 0; offset < content.length; offset += BUFFER) {
                output.write(content, offset, Math.min(BUFFER, content.length - offset));
            }
            if (output.length() > content.length) {
                output.setLength(content.length);
            }
            complete = true;
        } finally {
            if (!complete) {
                Files.deleteIfExists(path);
            }
        }
        return stamped(path, content.length);
    }

    /** A file that is deleted when this is closed, unless it has been moved. */
    static final class TempFile implements AutoCloseable {
        private final Path path;
        private final FileTime modified;
        private final ObjectVersion version;
        private boolean moved;

        private TempFile(Path path, FileTime modified, ObjectVersion version) {
            this.path = path;
            this.modified = modified;
            this.version = version;
        }

        /** The version of the object that the file becomes. */
        ObjectVersion version() {
            return version;
        }

        FileTime modified() {
            return modified;
        }

        Path path() {
            return path;
        }

        /** Gives the file its name, replacing the file that has it. */
        boolean replace(Path target) throws IOException {
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
            moved = true;
            return true;
        }

        @Override
        public void close() throws IOException {
            if (!moved) {
                Files.deleteIfExists(path);
            }
        }
    }
}

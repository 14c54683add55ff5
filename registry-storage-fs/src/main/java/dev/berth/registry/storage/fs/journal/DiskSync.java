package dev.berth.registry.storage.fs.journal;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** Makes durable what the system may still have in memory only. Everything that a store syncs goes through one of these. */
public interface DiskSync {

    /** Returns when the content of a file, as it is now, survives a power cut. */
    void file(Path file) throws IOException;

    /** Returns when the entries of a directory, as they are now, survive a power cut. */
    void directory(Path directory) throws IOException;

    /**
     * Syncs everything on the disk of a directory.
     *
     * @return whether that was possible
     */
    boolean disk(Path directory) throws IOException;

    /** Called after a write to a file of the journal, which was durable when it returned. */
    default void written(Path file) throws IOException {}

    /** Returns what this platform has. On Windows directories cannot be opened, and nothing is done for them. */
    static DiskSync ofPlatform(Path root) {
        return new OfPlatform(root.getFileSystem().supportedFileAttributeViews().contains("unix"));
    }

    /** What the system has for it. */
    final class OfPlatform implements DiskSync {
        private static final int LONGEST_MINUTES = 10;

        private final boolean unix;

        private OfPlatform(boolean unix) {
            this.unix = unix;
        }

        @Override
        public void file(Path file) throws IOException {
            force(file, StandardOpenOption.WRITE);
        }

        @Override
        public void directory(Path directory) throws IOException {
            if (unix) {
                force(directory, StandardOpenOption.READ);
            }
        }

        /** Also if the thread is interrupted: the change has been made, and syncing takes milliseconds. */
        private static void force(Path path, StandardOpenOption access) throws IOException {
            boolean interrupted = Thread.interrupted();
            try {
                while (true) {
                    try (FileChannel channel = FileChannel.open(path, access)) {
                        channel.force(true);
                        return;
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

        /** By the program of Linux systems: Java has no call for it. */
        @Override
        public boolean disk(Path directory) {
            boolean interrupted = Thread.interrupted();
            try {
                Process process = new ProcessBuilder("sync", "-f", directory.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                return process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                interrupted = true;
                return false;
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}

package dev.berth.registry.storage.fs;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes durable which entries a directory has. */
@FunctionalInterface
interface DirectorySync {

    /** Returns when the entries of the directory, as they are now, survive a power cut. */
    void sync(Path directory) throws IOException;

    /** Returns what this platform has for it. On Windows directories cannot be opened, and nothing is done. */
    static DirectorySync ofPlatform(Path root) {
        boolean unix = root.getFileSystem().supportedFileAttributeViews().contains("unix");
        return unix ? directory -> force(directory, StandardOpenOption.READ) : directory -> {};
    }

    /**
     * Syncs a file or directory, also if the thread is interrupted: the change has been made, and syncing takes
     * milliseconds.
     */
    static void force(Path path, StandardOpenOption access) throws IOException {
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
}

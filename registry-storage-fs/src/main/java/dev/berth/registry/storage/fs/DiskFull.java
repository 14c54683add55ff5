package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.StorageFullException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells a full disk from other failures, which the platform does by the text of its exceptions only. */
final class DiskFull {
    private final Path root;

    DiskFull(Path root) {
        this.root = root;
    }

    /**
     * Returns the exception to be thrown for a failed change.
     *
     * @param what what could not be written
     * @param bytes how many bytes were to be written in one go
     */
    IOException explain(IOException failure, Object what, long bytes) {
        if (failure instanceof StorageFullException || !isFull(failure, bytes)) {
            return failure;
        }
        return new StorageFullException("There is no room left on the disk for '" + what + "'", failure);
    }

    private boolean isFull(IOException failure, long bytes) {
        return saysFull(failure) || lacks(bytes);
    }

    /** Tells whether the system says that there is no room, of any kind: blocks, inodes or a quota. */
    static boolean saysFull(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        return failure instanceof StorageFullException
                || message.contains("No space left")
                || message.contains("quota exceeded")
                || message.contains("not enough space");
    }

    /** Tells whether nothing can be written now, while what is there can be read. */
    static boolean forbidsWriting(IOException failure) {
        return saysFull(failure) || String.valueOf(failure.getMessage()).contains("Read-only file system");
    }

    /** For failures without a reason (of syncing) or in the language of the user. */
    private boolean lacks(long bytes) {
        try {
            return Files.getFileStore(root).getUsableSpace() < bytes;
        } catch (IOException e) {
            return false;
        }
    }
}

package dev.berth.registry.storage.fs;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;

/** What creates a file or directory and fails if there is one. */
@FunctionalInterface
interface Creation {
    void run() throws IOException;

    /** Runs it and returns whether there was none. */
    static boolean succeeds(Creation creation) throws IOException {
        try {
            creation.run();
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }
}

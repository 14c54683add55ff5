package dev.berth.registry.storage.fs;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;

/** A change of one entry of a directory. */
@FunctionalInterface
interface FileChange {
    /** Returns whether something was changed. */
    boolean run() throws IOException;

    /** Runs a change that creates an entry, and returns {@code false} if there is one already. */
    default boolean runIfAbsent() throws IOException {
        try {
            return run();
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }
}

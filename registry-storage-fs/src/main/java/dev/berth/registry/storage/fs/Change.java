package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.fs.journal.JournalEntry;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A change of one file that a call has prepared, so that little is left that can fail when it is made. */
interface Change extends AutoCloseable {

    /** Returns the file, whose lock is held during the methods below. */
    Path file();

    /** Returns what the journal has to say about the change, or null if nothing is to be changed. */
    @Nullable JournalEntry entry() throws IOException;

    /** Syncs the content that the file will have, where the journal does not have it. */
    default void syncContent() throws IOException {}

    /** Makes the change. */
    void make() throws IOException;

    /** Discards what was prepared and has not been used. */
    @Override
    default void close() throws IOException {}
}

package dev.berth.registry.storage.fs.journal;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Removes a journal when what it says is durable without it. */
public final class JournalRecovery {
    private JournalRecovery() {}

    /** Returns whether files may lack changes that the journal in a directory has. */
    public static boolean isNeeded(Path directory) throws IOException {
        return isThere(directory) && JournalReader.isNeeded(directory, JournalReader.segments(directory));
    }

    /**
     * Makes durable what a process has left that did not close the journal, and deletes the journal. A replay that is
     * interrupted is made again. If the system has not been restarted since, all files are as the process has left them, and
     * what it had not made was not told to anybody.
     */
    public static void recover(Path directory, JournalReader.Replay replay, Checkpoint checkpoint, DiskSync sync)
            throws IOException {
        if (!isThere(directory)) {
            return;
        }
        List<JournalReader.Found> segments = JournalReader.segments(directory);
        for (JournalReader.Found segment : segments) {
            JournalReader.requireUndamaged(segment);
        }
        if (JournalReader.isNeeded(directory, segments)) {
            for (JournalReader.Found segment : segments) {
                JournalReader.read(segment, replay);
            }
        }
        for (JournalReader.Found segment : segments) {
            sync(segment, checkpoint);
        }
        delete(directory, sync);
    }

    private static boolean isThere(Path directory) throws IOException {
        boolean isDirectory = Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS);
        if (!isDirectory && Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("'" + directory + "' is where the journal is, and is no directory: move it away");
        }
        return isDirectory;
    }

    /** Syncs all files that a segment is about. */
    static void sync(Path file, Checkpoint checkpoint) throws IOException {
        Optional<JournalReader.Found> segment = JournalReader.find(file);
        if (segment.isEmpty()) {
            throw new IOException("The file '" + file + "' of the journal is damaged");
        }
        sync(segment.get(), checkpoint);
    }

    private static void sync(JournalReader.Found segment, Checkpoint checkpoint) throws IOException {
        checkpoint.sync(visitor -> JournalReader.readWhile(
                segment,
                entry -> visitor.visit(entry.path())
                        && (!(entry instanceof JournalEntry.Move move) || visitor.visit(move.from()))));
    }

    /** Deletes a journal of which nothing is needed: never a segment before an earlier one. */
    static void delete(Path directory, DiskSync sync) throws IOException {
        for (JournalReader.Found segment : JournalReader.segments(directory)) {
            Files.delete(segment.path());
            sync.directory(directory);
        }
        for (Path file : JournalReader.files(directory)) {
            Files.delete(file);
        }
        Files.deleteIfExists(JournalReader.failed(directory));
        try {
            Files.delete(directory);
        } catch (DirectoryNotEmptyException e) {
            // Somebody has put something there, which is not ours.
        }
    }
}

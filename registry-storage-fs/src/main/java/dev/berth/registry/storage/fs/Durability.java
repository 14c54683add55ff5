package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.fs.journal.Checkpoint;
import dev.berth.registry.storage.fs.journal.Journal;
import dev.berth.registry.storage.fs.journal.JournalEntry;
import dev.berth.registry.storage.fs.journal.NoRoomException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the changes of a call durable, by one write of the {@link Journal}, and then makes them. So whoever sees a change
 * sees one that is durable, and reading waits for nothing. The locks of the files are held from the check of the conditions
 * until the changes have been made; those who change the same files wait.
 *
 * <p>On a disk without room for the journal, files and directories are synced instead, as the changes are made.
 */
final class Durability {
    private final Path root;
    private final JournalFiles journal;
    private final Checkpoint checkpoint;
    private final KeyLocks locks;

    Durability(Path root, JournalFiles journal, Checkpoint checkpoint, KeyLocks locks) {
        this.root = root;
        this.journal = journal;
        this.checkpoint = checkpoint;
        this.locks = locks;
    }

    /** Makes changes durable and visible. If this fails, any of them may have been made. */
    void make(List<? extends Change> changes) throws IOException {
        try (KeyLocks.Locked locked =
                locks.lock(changes.stream().map(Change::file).sorted().toList())) {
            List<Change> needed = new ArrayList<>(changes.size());
            List<JournalEntry> entries = new ArrayList<>(changes.size());
            for (Change change : changes) {
                @Nullable JournalEntry entry = change.entry();
                if (entry != null) {
                    needed.add(change);
                    entries.add(entry);
                }
            }
            if (!needed.isEmpty()) {
                make(needed, entries);
            }
        }
    }

    private void make(List<Change> changes, List<JournalEntry> entries) throws IOException {
        Journal open;
        Journal.Hold hold;
        try {
            open = journal.get();
            hold = open.write(entries);
        } catch (IOException e) {
            if (!(e instanceof NoRoomException) && !DiskFull.saysFull(e)) {
                throw e;
            }
            makeWithoutJournal(changes);
            return;
        }
        boolean made = false;
        try (hold) {
            makeAll(changes);
            made = true;
        } finally {
            if (!made) {
                // Otherwise a power cut would make what could not be made.
                open.checkpoint();
            }
        }
    }

    private static void makeAll(List<Change> changes) throws IOException {
        for (Change change : changes) {
            change.make();
        }
    }

    /** There is nothing in the journal about the files, nor can there be while their locks are held. */
    private void makeWithoutJournal(List<Change> changes) throws IOException {
        for (Change change : changes) {
            change.syncContent();
        }
        @Nullable IOException failed = null;
        try {
            makeAll(changes);
        } catch (IOException e) {
            failed = e;
        }
        // Those too that were made before one failed.
        sync(changes);
        if (failed != null) {
            throw failed;
        }
    }

    private void sync(List<Change> changes) throws IOException {
        try {
            checkpoint.sync(visitor -> {
                for (Change change : changes) {
                    if (!visitor.visit(name(change.file()))) {
                        return;
                    }
                }
            });
        } catch (IOException e) {
            journal.failed(e);
            throw e;
        }
    }

    /** Makes a change that need not be durable. */
    void makeTransient(Change change) throws IOException {
        try (KeyLocks.Locked locked = locks.lock(List.of(change.file()))) {
            if (change.entry() != null) {
                change.make();
            }
        }
    }

    /** Returns how entries name a file. */
    static String name(Path root, Path file) {
        String separator = file.getFileSystem().getSeparator();
        String above = root.toString();
        int begin = above.endsWith(separator) ? above.length() : above.length() + separator.length();
        return file.toString().substring(begin).replace(separator, "/");
    }

    private String name(Path file) {
        return name(root, file);
    }
}

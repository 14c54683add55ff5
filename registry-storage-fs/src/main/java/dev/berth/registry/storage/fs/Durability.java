package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.fs.journal.Journal;
import dev.berth.registry.storage.fs.journal.JournalEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes the changes of a call durable before the call returns, by one write of the {@link Journal}; or those of several
 * calls of a thread together, when the last of them has been made.
 *
 * <p>A change is visible before it is durable. A second caller may find it as required and change nothing itself; it must
 * not return before the first change is durable. So every call that changes something, or might have, waits for what was
 * appended until then by anybody. That costs nothing when there is nothing to wait for.
 */
final class Durability {
    private final Path root;
    private final JournalFiles journal;
    private final VersionClock versions;
    private final ThreadLocal<Together> together = new ThreadLocal<>();

    Durability(Path root, JournalFiles journal, VersionClock versions) {
        this.root = root;
        this.journal = journal;
        this.versions = versions;
    }

    /** What the calls of a thread have to wait for at the end. */
    private static final class Together {
        private long position;
    }

    /** Several calls. */
    @FunctionalInterface
    interface Calls<T> {
        T run() throws IOException;
    }

    /** Runs calls of this thread that become durable together, at the end, also if they fail. */
    <T> T together(Calls<T> calls) throws IOException {
        if (together.get() != null) {
            return calls.run();
        }
        Together outermost = new Together();
        together.set(outermost);
        try {
            return calls.run();
        } finally {
            together.remove();
            journal.get().sync(outermost.position);
        }
    }

    /** Begins the changes of a call. */
    Batch begin() throws IOException {
        return new Batch(journal.get());
    }

    /** Begins the changes of a call that need not be durable. */
    Batch beginTransient() {
        return new Batch(null);
    }

    /** The changes of one call, durable when it is closed. For one thread. */
    final class Batch implements AutoCloseable {
        private final @Nullable Journal entries;

        private Batch(@Nullable Journal entries) {
            this.entries = entries;
        }

        /** Runs a change of a file and appends its entry if it was made. Called under the lock of the file. */
        private boolean change(FileChange change, JournalEntry entry) throws IOException {
            boolean changed = change.run();
            if (changed && entries != null) {
                entries.append(entry);
            }
            return changed;
        }

        boolean put(Path file, FileTime modified, byte[] content, FileChange change) throws IOException {
            return change(
                    change,
                    new JournalEntry.Put(
                            name(file), versions.nextMicros(), modified.to(TimeUnit.MICROSECONDS), content));
        }

        boolean mark(Path file, FileChange change) throws IOException {
            return change(change, new JournalEntry.Mark(name(file)));
        }

        boolean move(Path from, Path file, FileChange change) throws IOException {
            return change(change, new JournalEntry.Move(name(from), name(file), versions.nextMicros()));
        }

        boolean delete(Path file, FileChange change) throws IOException {
            return change(change, new JournalEntry.Delete(name(file), versions.nextMicros()));
        }

        @Override
        public void close() throws IOException {
            if (entries == null) {
                return;
            }
            long position = entries.position();
            Together calls = together.get();
            if (calls == null) {
                entries.sync(position);
            } else {
                calls.position = position;
            }
        }

        private String name(Path file) {
            return root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
        }
    }
}

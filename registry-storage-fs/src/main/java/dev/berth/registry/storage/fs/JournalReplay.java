package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.fs.journal.JournalEntry;
import dev.berth.registry.storage.fs.journal.JournalReader;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes changes again that a crash of the system may have undone. A file that was modified after a change is left: a later
 * entry, or another program, has changed it.
 */
final class JournalReplay implements JournalReader.Replay {
    private final Path root;
    private final FileModes modes;
    private final Path temp;

    JournalReplay(Path root, FileModes modes, Path temp) {
        this.root = root;
        this.modes = modes;
        this.temp = temp;
    }

    @Override
    public void apply(JournalEntry entry) throws IOException {
        Path path = root.resolve(entry.path());
        @Nullable BasicFileAttributes present = ObjectStats.find(path);
        if (entry instanceof JournalEntry.Put put) {
            put(path, present, put);
        } else if (entry instanceof JournalEntry.Mark) {
            if (present == null) {
                make(path);
                modes.createFile(path);
            }
        } else if (entry instanceof JournalEntry.Move move) {
            Path from = root.resolve(move.from());
            if (ObjectStats.find(from) != null && !isLater(present, move.time())) {
                make(path);
                Files.move(from, path, StandardCopyOption.ATOMIC_MOVE);
                prune(Directories.of(from));
            }
        } else if (entry instanceof JournalEntry.Delete delete && present != null && !isLater(present, delete.time())) {
            Files.deleteIfExists(path);
            prune(Directories.of(path));
        }
    }

    private void put(Path path, @Nullable BasicFileAttributes present, JournalEntry.Put put) throws IOException {
        if (isLater(present, put.time())) {
            return;
        }
        make(path);
        // Written whatever is there: its length and time may have survived, and not its content.
        Files.write(modes.createFile(temp), put.content());
        Files.setLastModifiedTime(temp, FileTime.from(put.modified(), TimeUnit.MICROSECONDS));
        Files.move(temp, path, StandardCopyOption.ATOMIC_MOVE);
    }

    private void make(Path path) throws IOException {
        Path directory = Directories.of(path);
        if (!Files.isDirectory(directory)) {
            make(directory);
            modes.createDirectory(directory);
        }
    }

    private void prune(Path directory) throws IOException {
        Path path = directory;
        while (!path.equals(root)) {
            try {
                Files.deleteIfExists(path);
            } catch (DirectoryNotEmptyException e) {
                return;
            }
            path = Directories.of(path);
        }
    }

    private static boolean isLater(@Nullable BasicFileAttributes present, long micros) {
        return present != null && present.lastModifiedTime().to(TimeUnit.MICROSECONDS) > micros;
    }
}

package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.fs.journal.JournalEntry;
import dev.berth.registry.storage.fs.journal.JournalReader;
import dev.berth.registry.storage.fs.read.ObjectStats;
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
 * Makes changes again that a power cut may have undone in part. A file that was modified after the time of an entry is left:
 * a later entry says what it should be, or another program has changed it since.
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
        if (!path.normalize().equals(path) || !path.startsWith(root)) {
            throw new IOException("the journal names '" + entry.path() + "', which is not in the directory");
        }
        @Nullable BasicFileAttributes present = ObjectStats.find(path);
        if (entry instanceof JournalEntry.Put put) {
            if (!isLater(present, put.time())) {
                put(path, put);
            }
        } else if (entry instanceof JournalEntry.Mark mark) {
            if (present == null || present.size() > 0 && !isLater(present, mark.time())) {
                put(path, new JournalEntry.Put(mark.path(), mark.time(), mark.time(), new byte[0]));
            }
        } else if (entry instanceof JournalEntry.Move move) {
            move(path, present, move);
        } else if (entry instanceof JournalEntry.Delete delete && present != null && !isLater(present, delete.time())) {
            Files.deleteIfExists(path);
            prune(Directories.of(path));
        }
    }

    private void move(Path path, @Nullable BasicFileAttributes present, JournalEntry.Move move) throws IOException {
        Path from = root.resolve(move.from());
        @Nullable BasicFileAttributes source = ObjectStats.find(from);
        boolean isThere =
                source != null && source.size() == move.size() && micros(source.lastModifiedTime()) == move.modified();
        if (isThere && !isLater(present, move.time())) {
            make(path);
            Files.move(from, path, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private void put(Path path, JournalEntry.Put put) throws IOException {
        make(path);
        // Written whatever is there: its length and time may have survived, and not its content.
        Files.deleteIfExists(temp);
        Files.write(modes.createFile(temp), put.content());
        Files.setLastModifiedTime(temp, FileTime.from(put.modified(), TimeUnit.MICROSECONDS));
        if (ForeignDirectory.isAt(path)) {
            ForeignDirectory.makeWay(path);
        }
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
        return present != null && micros(present.lastModifiedTime()) > micros;
    }

    private static long micros(FileTime time) {
        return time.to(TimeUnit.MICROSECONDS);
    }
}

package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.ObjectVersion;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Removes objects, and the directories that are empty then. */
final class ObjectRemover {
    private final KeyLocks locks;
    private final Directories directories;
    private final Durability durability;
    private final NameCache names;

    ObjectRemover(KeyLocks locks, Directories directories, Durability durability, NameCache names) {
        this.locks = locks;
        this.directories = directories;
        this.durability = durability;
        this.names = names;
    }

    /** Removes an object, any version of it or only the given one. */
    boolean remove(Path object, @Nullable ObjectVersion version) throws IOException {
        try (Durability.Batch batch = durability.begin()) {
            boolean removed = unlink(object, version, batch);
            if (removed) {
                directories.prune(Directories.of(object));
            }
            return removed;
        }
    }

    /** Removes the file of an upload, which need not be durable. */
    void removeTransient(Path file) throws IOException {
        if (locks.locked(file, () -> ObjectStats.find(file) != null && Files.deleteIfExists(file))) {
            names.filesChanged(Directories.of(file));
            directories.prune(Directories.of(file));
        }
    }

    private boolean unlink(Path object, @Nullable ObjectVersion version, Durability.Batch batch) throws IOException {
        boolean removed = locks.locked(object, () -> {
            BasicFileAttributes present = ObjectStats.find(object);
            if (present == null
                    || version != null && !ObjectStats.version(present).equals(version)) {
                return false;
            }
            return batch.delete(object, () -> Files.deleteIfExists(object));
        });
        if (removed) {
            names.filesChanged(Directories.of(object));
        }
        return removed;
    }

    /**
     * Removes everything below a directory, and the directory. What is written concurrently may stay, with its
     * directories.
     */
    void removeTree(Path directory) throws IOException {
        try (Durability.Batch batch = durability.begin()) {
            if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                empty(directory, batch);
                directories.prune(directory);
            }
        }
    }

    private void empty(Path directory, Durability.Batch batch) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (!KeyPaths.isSegment(entry)) {
                    continue;
                }
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    empty(entry, batch);
                    // Prunes at most up to this directory, which is left until its last entry has been read.
                    directories.prune(entry);
                } else {
                    unlink(entry, null, batch);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (NoSuchFileException e) {
            // It was removed concurrently.
        } catch (FileSystemException e) {
            if (!ObjectStats.isAbsence(directory, e)) {
                throw e;
            }
        }
    }
}

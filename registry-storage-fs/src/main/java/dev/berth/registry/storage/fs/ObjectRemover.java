package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.fs.journal.JournalEntry;
import dev.berth.registry.storage.fs.read.ObjectStats;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Removes objects, and the directories that are empty then. */
final class ObjectRemover {
    /** How many removals of a tree become durable together. */
    private static final int TOGETHER = 256;

    private final Path root;
    private final Directories directories;
    private final Durability durability;
    private final NameCache names;
    private final VersionClock versions;

    ObjectRemover(Path root, Directories directories, Durability durability, NameCache names, VersionClock versions) {
        this.root = root;
        this.directories = directories;
        this.durability = durability;
        this.names = names;
        this.versions = versions;
    }

    /** Removes an object, any version of it or only the given one. */
    boolean remove(Path object, @Nullable ObjectVersion version) throws IOException {
        try (Removal removal = new Removal(object, version)) {
            durability.make(List.of(removal));
            return removal.made;
        }
    }

    Change prepare(Path object) {
        return new Removal(object, null);
    }

    /** A removal, with the directories that are empty then. */
    private final class Removal implements Change {
        private final Path object;
        private final @Nullable ObjectVersion version;
        private boolean made;

        private Removal(Path object, @Nullable ObjectVersion version) {
            this.object = object;
            this.version = version;
        }

        @Override
        public Path file() {
            return object;
        }

        @Override
        public @Nullable JournalEntry entry() throws IOException {
            @Nullable BasicFileAttributes present = ObjectStats.find(object);
            if (present == null
                    || version != null && !ObjectStats.version(present).equals(version)) {
                return null;
            }
            // A mark has the time of the system, which may be behind that of its entry.
            long time = Math.max(versions.nextMicros(), ObjectWriter.micros(present));
            return new JournalEntry.Delete(Durability.name(root, object), time);
        }

        @Override
        public void make() throws IOException {
            Files.deleteIfExists(object);
            made = true;
            names.filesChanged(Directories.of(object));
            directories.prune(Directories.of(object));
        }

        @Override
        public void close() {}
    }

    /**
     * Removes everything below a directory, and the directory. What is written concurrently may stay, with its
     * directories.
     */
    void removeTree(Path directory) throws IOException {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            List<Removal> removals = new ArrayList<>();
            empty(directory, removals);
            durability.make(removals);
            directories.prune(directory);
        }
    }

    private void empty(Path directory, List<Removal> removals) throws IOException {
        boolean hasFiles = false;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (!KeyPaths.isSegment(entry)) {
                    continue;
                }
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    empty(entry, removals);
                } else {
                    hasFiles = true;
                    removals.add(new Removal(entry, null));
                }
                if (removals.size() >= TOGETHER) {
                    durability.make(removals);
                    removals.clear();
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
        if (!hasFiles) {
            // With files in it, it is removed with the last of them.
            directories.prune(directory);
        }
    }
}

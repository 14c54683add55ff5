package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import dev.berth.registry.storage.fs.journal.DiskSync;
import dev.berth.registry.storage.fs.journal.JournalEntry;
import dev.berth.registry.storage.fs.read.FileCache;
import dev.berth.registry.storage.fs.read.ObjectStats;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Prepares objects: completely under a temporary name, to get their own by one step of the file system. Content that is
 * small goes into the journal too; other content is synced before.
 */
final class ObjectWriter {
    /** It costs less to write this much twice than to sync another file and its directory. */
    static final int SMALL_BYTES = 64 * 1024;

    private final Path root;
    private final TempFiles temps;
    private final Directories directories;
    private final NameCache names;
    private final VersionClock versions;
    private final DiskSync sync;
    private final FileModes modes;

    ObjectWriter(
            Path root,
            TempFiles temps,
            Directories directories,
            NameCache names,
            VersionClock versions,
            DiskSync sync,
            FileModes modes) {
        this.root = root;
        this.temps = temps;
        this.directories = directories;
        this.names = names;
        this.versions = versions;
        this.sync = sync;
        this.modes = modes;
    }

    /** Prepares an object that will be durable. */
    Put prepare(Path object, byte[] content, PutCondition condition) throws IOException {
        Put put = new Put(object, temps.write(content), content, condition);
        if (content.length > SMALL_BYTES) {
            boolean complete = false;
            try {
                put.syncContent();
                sync.directory(Directories.of(put.temp.path()));
                complete = true;
            } finally {
                if (!complete) {
                    put.close();
                }
            }
        }
        return put;
    }

    /** Prepares one that need not be. */
    Put prepareTransient(Path object, byte[] content, PutCondition condition) throws IOException {
        return new Put(object, temps.write(content), content, condition);
    }

    /** Prepares one whose content takes the room of a file. */
    Put prepareInside(Path reserved, Path object, byte[] content, PutCondition condition) throws IOException {
        return new Put(object, temps.write(reserved, content), content, condition);
    }

    Change prepareMark(Path object) {
        return new Mark(object);
    }

    /** An object with content. */
    final class Put implements Change {
        private final Path object;
        private final TempFiles.TempFile temp;
        private final byte[] content;
        private final PutCondition condition;
        private boolean absent;
        private boolean made;

        private Put(Path object, TempFiles.TempFile temp, byte[] content, PutCondition condition) {
            this.object = object;
            this.temp = temp;
            this.content = content;
            this.condition = condition;
        }

        @Override
        public Path file() {
            return object;
        }

        @Override
        public @Nullable JournalEntry entry() throws IOException {
            @Nullable BasicFileAttributes there = ObjectStats.findAny(object);
            @Nullable BasicFileAttributes present = there != null && there.isRegularFile() ? there : null;
            if (!holds(condition, present)) {
                return null;
            }
            if (present == null && condition instanceof PutCondition.IfAbsent) {
                requireAbsent(object, there);
            }
            absent = present == null;
            String name = Durability.name(root, object);
            long modified = micros(temp.modified());
            long time = Math.max(modified, micros(present));
            return content.length <= SMALL_BYTES
                    ? new JournalEntry.Put(name, time, modified, content)
                    : new JournalEntry.Move(Durability.name(root, temp.path()), content.length, modified, name, time);
        }

        @Override
        public void syncContent() throws IOException {
            sync.file(temp.path());
        }

        @Override
        public void make() throws IOException {
            FileChange naming = () -> replace(object, () -> temp.replace(object));
            if (absent) {
                directories.placeNew(object, naming);
            } else {
                directories.place(object, naming);
            }
            made = true;
        }

        /** Keeps the object in memory if it was written: a push reads its links again. */
        void keep(ObjectKey key, FileCache cache) {
            if (made) {
                cache.written(key, object, content, temp.modified());
            }
        }

        /** Returns the version that was written, or null if the condition did not hold. */
        @Nullable ObjectVersion version() {
            return made ? temp.version() : null;
        }

        @Override
        public void close() throws IOException {
            temp.close();
        }
    }

    /** An object that is complete as soon as it is there. */
    private final class Mark implements Change {
        private final Path object;

        private Mark(Path object) {
            this.object = object;
        }

        @Override
        public Path file() {
            return object;
        }

        @Override
        public @Nullable JournalEntry entry() throws IOException {
            @Nullable BasicFileAttributes there = ObjectStats.findAny(object);
            if (there != null && there.isRegularFile()) {
                return null;
            }
            requireAbsent(object, there);
            return new JournalEntry.Mark(Durability.name(root, object), versions.nextMicros());
        }

        @Override
        public void make() throws IOException {
            directories.placeNew(object, () -> create(object));
        }
    }

    /** Makes an empty file if there is none, and returns whether there was none. */
    boolean create(Path file) throws IOException {
        FileChange creation = () -> {
            modes.createFile(file);
            return true;
        };
        boolean created = creation.runIfAbsent();
        if (created) {
            names.filesChanged(Directories.of(file));
        } else if (ForeignDirectory.isAt(file)) {
            makeWay(file);
            return create(file);
        }
        return created;
    }

    /** Gives an object's file its name. Called under the lock of the key. */
    boolean replace(Path object, FileChange replacement) throws IOException {
        names.fileReplacing(object);
        try {
            return replacement.run();
        } catch (NoSuchFileException e) {
            // There is no directory for it.
            throw e;
        } catch (FileSystemException e) {
            if (!ForeignDirectory.isAt(object)) {
                throw e;
            }
            makeWay(object);
            return replacement.run();
        } finally {
            names.fileReplaced(object);
        }
    }

    private void makeWay(Path object) throws IOException {
        Path parent = Directories.of(object);
        names.directoriesChanging(parent);
        ForeignDirectory.makeWay(object);
        names.directoriesChanged(parent);
    }

    private static void requireAbsent(Path object, @Nullable BasicFileAttributes there) throws IOException {
        if (there != null && !there.isDirectory()) {
            throw new FileAlreadyExistsException(object.toString(), null, "it is neither a file nor absent");
        }
    }

    static boolean holds(PutCondition condition, Path object) throws IOException {
        return condition instanceof PutCondition.Always || holds(condition, ObjectStats.find(object));
    }

    private static boolean holds(PutCondition condition, @Nullable BasicFileAttributes present) {
        if (condition instanceof PutCondition.Always) {
            return true;
        }
        if (condition instanceof PutCondition.IfUnchanged unchanged) {
            return present != null && ObjectStats.version(present).equals(unchanged.version());
        }
        return present == null;
    }

    static long micros(FileTime time) {
        return time.to(TimeUnit.MICROSECONDS);
    }

    /** Returns when a file was modified, long ago if there is none. */
    static long micros(@Nullable BasicFileAttributes present) {
        return present == null ? Long.MIN_VALUE : micros(present.lastModifiedTime());
    }
}

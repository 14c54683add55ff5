package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes objects: completely and synced under a temporary name, then by one step of the file system under their own.
 */
final class ObjectWriter {
    private final TempFiles temps;
    private final KeyLocks locks;
    private final Directories directories;
    private final Durability durability;
    private final NameCache names;
    private final DiskTraits disk;
    private final FileModes modes;
    private final Reserve reserve;

    ObjectWriter(
            TempFiles temps,
            KeyLocks locks,
            Directories directories,
            Durability durability,
            NameCache names,
            DiskTraits disk,
            FileModes modes,
            Reserve reserve) {
        this.temps = temps;
        this.locks = locks;
        this.directories = directories;
        this.durability = durability;
        this.names = names;
        this.disk = disk;
        this.modes = modes;
        this.reserve = reserve;
    }

    Optional<ObjectVersion> put(Path object, byte[] content, PutCondition condition, Durability.Batch batch)
            throws IOException {
        if (!holds(condition, object)) {
            return Optional.empty();
        }
        try (TempFiles.TempFile temp = temps.write(content)) {
            boolean put = directories.place(object, () -> put(object, temp, content, condition, batch));
            return put ? Optional.of(temp.version()) : Optional.empty();
        }
    }

    /** Writes a small object that a deletion needs, in the room of the reserve if there is no other. */
    void putForDeletion(Path object, byte[] content) throws IOException {
        try (Durability.Batch batch = durability.begin()) {
            put(object, content, PutCondition.always(), batch);
        } catch (IOException e) {
            if (!DiskFull.saysFull(e)) {
                throw e;
            }
            Path file = reserve.take().orElseThrow(() -> e);
            try (Durability.Batch batch = durability.begin();
                    TempFiles.TempFile temp = temps.write(file, content)) {
                placeInReserve(object, () -> put(object, temp, content, PutCondition.always(), batch));
            }
        }
    }

    /** As {@link Directories#place}, with the room of the reserve for the directories. */
    private void placeInReserve(Path object, FileChange change) throws IOException {
        while (true) {
            try {
                directories.place(object, change);
                return;
            } catch (IOException e) {
                if (!DiskFull.saysFull(e) || !reserve.release()) {
                    throw e;
                }
            }
        }
    }

    private boolean put(
            Path object, TempFiles.TempFile temp, byte[] content, PutCondition condition, Durability.Batch batch)
            throws IOException {
        boolean create = condition instanceof PutCondition.IfAbsent && disk.hardLinks();
        return locks.locked(object, () -> {
            if (create) {
                return create(object, file -> batch.put(file, temp.modified(), content, () -> temp.link(file)));
            }
            return holds(condition, object)
                    && replace(object, file -> batch.put(file, temp.modified(), content, () -> temp.replace(file)));
        });
    }

    /** Creates those that do not exist, empty. An empty file is complete as soon as it is there. */
    void mark(List<Path> objects) throws IOException {
        try (Durability.Batch batch = durability.begin()) {
            for (Path object : objects) {
                directories.place(object, () -> locks.locked(object, () -> create(object, file -> batch.mark(file, () -> {
                    modes.createFile(file);
                    return true;
                }))));
            }
        }
    }

    /** Makes a file for the content of an upload, which need not survive a crash of the system. */
    boolean createTransient(Path file) throws IOException {
        return directories.place(file, () -> create(file, path -> {
            modes.createFile(path);
            return true;
        }));
    }

    /**
     * Makes a file an object, replacing one that was there.
     *
     * @param modified its time of modification
     * @param content the content of the file, if it is small; otherwise the file and its name have been synced
     * @throws FileNotFoundException if the file does not exist
     */
    void moveIn(Path file, FileTime modified, Optional<byte[]> content, Path object) throws IOException {
        FileChange move = () -> {
            if (!Files.exists(file)) {
                throw new FileNotFoundException(file.toString());
            }
            Files.move(file, object, StandardCopyOption.ATOMIC_MOVE);
            return true;
        };
        try (Durability.Batch batch = durability.begin()) {
            directories.place(
                    object,
                    () -> locks.locked(
                            object,
                            () -> replace(
                                    object,
                                    path -> content.isPresent()
                                            ? batch.put(path, modified, content.get(), move)
                                            : batch.move(file, path, move))));
        }
    }

    /** A change of the file of an object, with its entry. */
    @FunctionalInterface
    private interface RecordedChange {
        boolean make(Path object) throws IOException;
    }

    private boolean create(Path object, RecordedChange creation) throws IOException {
        FileChange change = () -> creation.make(object);
        boolean created = change.runIfAbsent();
        if (created) {
            names.filesChanged(Directories.of(object));
        } else if (ForeignDirectory.isAt(object)) {
            makeWay(object);
            return create(object, creation);
        } else if (ObjectStats.find(object) == null && Files.exists(object, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(object.toString(), null, "it is neither a file nor absent");
        }
        return created;
    }

    /** Called under the lock of the key. */
    private boolean replace(Path object, RecordedChange replacement) throws IOException {
        names.fileReplacing(object);
        try {
            return replacement.make(object);
        } catch (FileSystemException e) {
            if (!ForeignDirectory.isAt(object)) {
                throw e;
            }
            makeWay(object);
            return replacement.make(object);
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

    private static boolean holds(PutCondition condition, Path object) throws IOException {
        if (condition instanceof PutCondition.Always) {
            return true;
        }
        @Nullable BasicFileAttributes present = ObjectStats.find(object);
        if (condition instanceof PutCondition.IfUnchanged unchanged) {
            return present != null && ObjectStats.version(present).equals(unchanged.version());
        }
        return present == null;
    }
}

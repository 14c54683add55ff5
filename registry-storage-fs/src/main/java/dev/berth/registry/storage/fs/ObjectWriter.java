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

    Optional<ObjectVersion> put(Path object, byte[] content, PutCondition condition) throws IOException {
        try (Durability.Batch batch = durability.begin()) {
            if (!holds(condition, object)) {
                batch.relyOn(object);
                return Optional.empty();
            }
            try (TempFiles.TempFile temp = temps.write(content)) {
                boolean put = directories.place(object, batch, () -> put(object, temp, condition, batch));
                return put ? Optional.of(temp.version()) : Optional.empty();
            }
        }
    }

    /** Writes a small object that a deletion needs, in the room of the reserve if there is no other. */
    void putForDeletion(Path object, byte[] content) throws IOException {
        try {
            put(object, content, PutCondition.always());
        } catch (IOException e) {
            if (!DiskFull.saysFull(e)) {
                throw e;
            }
            Path file = reserve.take().orElseThrow(() -> e);
            try (Durability.Batch batch = durability.begin();
                    TempFiles.TempFile temp = temps.write(file, content)) {
                placeInReserve(object, batch, () -> put(object, temp, PutCondition.always(), batch));
            }
        }
    }

    /** As {@link Directories#place}, with the room of the reserve for the directories. */
    private void placeInReserve(Path object, Durability.Batch batch, FileChange change) throws IOException {
        while (true) {
            try {
                directories.place(object, batch, change);
                return;
            } catch (IOException e) {
                if (!DiskFull.saysFull(e) || !reserve.release()) {
                    throw e;
                }
            }
        }
    }

    private boolean put(Path object, TempFiles.TempFile temp, PutCondition condition, Durability.Batch batch)
            throws IOException {
        if (condition instanceof PutCondition.IfAbsent && disk.hardLinks()) {
            return create(object, batch, () -> temp.link(object));
        }
        return locks.locked(
                object, () -> holds(condition, object) && replace(object, batch, () -> temp.replace(object)));
    }

    /** Creates those that do not exist, empty. An empty file is complete as soon as it is there. */
    void mark(List<Path> objects) throws IOException {
        try (Durability.Batch batch = durability.begin()) {
            for (Path object : objects) {
                directories.place(object, batch, () -> createEmpty(object, batch));
            }
        }
    }

    /** Creates an empty file, which is not an object but the content of an upload to come. */
    boolean createEmpty(Path file) throws IOException {
        try (Durability.Batch batch = durability.begin()) {
            return directories.place(file, batch, () -> createEmpty(file, batch));
        }
    }

    /**
     * Makes a synced file an object, replacing one that was there.
     *
     * @throws FileNotFoundException if the file does not exist
     */
    void moveIn(Path file, Path object) throws IOException {
        try (Durability.Batch batch = durability.begin()) {
            directories.place(
                    object,
                    batch,
                    () -> locks.locked(
                            object,
                            () -> replace(object, batch, () -> {
                                if (!Files.exists(file)) {
                                    throw new FileNotFoundException(file.toString());
                                }
                                Files.move(file, object, StandardCopyOption.ATOMIC_MOVE);
                                return true;
                            })));
        }
    }

    private boolean createEmpty(Path file, Durability.Batch batch) throws IOException {
        return create(file, batch, () -> {
            modes.createFile(file);
            return true;
        });
    }

    private boolean create(Path object, Durability.Batch batch, FileChange creation) throws IOException {
        boolean created = batch.change(object, creation::runIfAbsent);
        if (created) {
            names.filesChanged(Directories.of(object));
        } else if (ForeignDirectory.isAt(object)) {
            makeWay(object, batch);
            return create(object, batch, creation);
        } else if (ObjectStats.find(object) == null && Files.exists(object, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(object.toString(), null, "it is neither a file nor absent");
        }
        return created;
    }

    /** Called under the lock of the key. */
    private boolean replace(Path object, Durability.Batch batch, FileChange replacement) throws IOException {
        names.fileReplacing(object);
        try {
            return batch.change(object, replacement);
        } catch (FileSystemException e) {
            if (!ForeignDirectory.isAt(object)) {
                throw e;
            }
            makeWay(object, batch);
            return batch.change(object, replacement);
        } finally {
            names.fileReplaced(object);
        }
    }

    private void makeWay(Path object, Durability.Batch batch) throws IOException {
        Path parent = Directories.of(object);
        names.directoriesChanging(parent);
        ForeignDirectory.makeWay(object);
        names.directoriesChanged(parent);
        batch.include(parent);
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

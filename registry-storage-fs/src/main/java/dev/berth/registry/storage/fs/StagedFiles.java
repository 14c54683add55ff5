package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.fs.journal.DiskSync;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files of uploads. Their directories stay when they are empty, for the next upload, until the store is closed or
 * opened: so one that has been made durable once is for good.
 */
final class StagedFiles {
    private static final int MOST_KNOWN = 10_000;

    private final KeyPaths paths;
    private final UploadsOfBoot uploads;
    private final DiskSync sync;
    private final FileModes modes;

    /** Directories whose names are durable. */
    private final Set<Path> durable = ConcurrentHashMap.newKeySet();

    StagedFiles(Path directory, UploadsOfBoot uploads, DiskSync sync, FileModes modes) {
        this.paths = new KeyPaths(directory);
        this.uploads = uploads;
        this.sync = sync;
        this.modes = modes;
    }

    Path of(ObjectKey staging) throws IOException {
        return paths.of(staging);
    }

    /** Makes an empty file and returns whether there was none. It need not survive a crash of the system. */
    boolean create(ObjectKey staging) throws IOException {
        uploads.need();
        Path file = of(staging);
        FileChange creation = () -> {
            modes.createFile(file);
            return true;
        };
        try {
            return creation.runIfAbsent();
        } catch (NoSuchFileException e) {
            make(Directories.of(file));
            return creation.runIfAbsent();
        }
    }

    private void make(Path directory) throws IOException {
        try {
            modes.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            // Another upload has made it, or it is a file, which the next step finds out.
        } catch (NoSuchFileException e) {
            if (directory.equals(paths.root())) {
                throw e;
            }
            make(Directories.of(directory));
            make(directory);
        }
    }

    /** Makes a file durable: its content, and that it is where it is. */
    void sync(Path file) throws IOException {
        sync.file(file);
        Path directory = Directories.of(file);
        sync.directory(directory);
        if (durable.size() > MOST_KNOWN) {
            durable.clear();
        }
        while (!directory.equals(paths.root()) && !durable.contains(directory)) {
            sync.directory(Directories.of(directory));
            durable.add(directory);
            directory = Directories.of(directory);
        }
    }

    /** Syncs the content of an upload that will go on after a crash of the system, if it does. */
    void syncIfKept(Path file) throws IOException {
        if (uploads.areKept()) {
            sync.file(file);
        }
    }

    /** Removes the files below a prefix. */
    void removeTree(KeyPrefix prefix, KeyLocks locks) throws IOException {
        remove(paths.of(prefix), locks);
    }

    private static void remove(Path path, KeyLocks locks) throws IOException {
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            locks.locked(path, () -> Files.deleteIfExists(path));
        } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                for (Path entry : entries) {
                    if (KeyPaths.isSegment(entry)) {
                        remove(entry, locks);
                    }
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
    }
}

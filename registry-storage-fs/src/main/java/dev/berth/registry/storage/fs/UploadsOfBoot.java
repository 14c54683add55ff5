package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.fs.journal.Boot;
import dev.berth.registry.storage.fs.journal.DiskSync;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The directory of uploads. Their bytes are not synced, so those of before a crash of the system may be anything. All uploads
 * are dropped when the system has been started since they were made: their clients start new ones. Where nothing tells
 * whether it has, bytes are synced and uploads are kept.
 */
final class UploadsOfBoot {
    private static final String BOOT = ".boot";

    private final Path directory;
    private final DiskSync sync;
    private final FileModes modes;
    private final Function<Path, String> places;
    private final ReentrantLock making = new ReentrantLock();
    private volatile boolean made;
    private volatile boolean kept;

    UploadsOfBoot(Path directory, DiskSync sync, FileModes modes) {
        this(directory, sync, modes, Boot::place);
    }

    /** @param places identify the run of the system in which a file was written, see {@link Boot#place} */
    UploadsOfBoot(Path directory, DiskSync sync, FileModes modes, Function<Path, String> places) {
        this.directory = directory;
        this.sync = sync;
        this.modes = modes;
        this.places = places;
    }

    /** Returns whether the bytes of uploads must be synced. For when there is one. */
    boolean areKept() {
        return kept;
    }

    /** Called by the owner of the directory before it takes uploads. */
    void dropThoseOfEarlierBoots() throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path file = directory.resolve(BOOT);
        String earlier = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? Files.readString(file).strip()
                : "?";
        if (!earlier.equals(places.apply(file))) {
            empty(directory, true);
            Files.delete(directory);
        } else {
            empty(directory, false);
        }
    }

    /** Makes the directory for the first upload. */
    void need() throws IOException {
        if (made) {
            return;
        }
        making.lock();
        try {
            if (!made) {
                make();
                kept = places.apply(directory.resolve(BOOT)).isEmpty();
                made = true;
            }
        } finally {
            making.unlock();
        }
    }

    private void make() throws IOException {
        Path file = directory.resolve(BOOT);
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            modes.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            // An earlier attempt has made it.
        }
        boolean complete = false;
        try {
            Files.writeString(modes.createFile(file), places.apply(file), StandardCharsets.US_ASCII);
            sync.directory(Directories.of(directory));
            complete = true;
        } finally {
            if (!complete) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Leaves nothing if there are no uploads. */
    void close() throws IOException {
        if (made && empty(directory, false)) {
            Files.deleteIfExists(directory.resolve(BOOT));
            Files.deleteIfExists(directory);
        }
    }

    /**
     * Removes directories that are empty, and the files too if that is asked for.
     *
     * @return whether there are no files
     */
    private static boolean empty(Path directory, boolean files) throws IOException {
        boolean empty = true;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    empty &= empty(entry, files) && remove(entry);
                } else if (files) {
                    Files.delete(entry);
                } else if (!entry.getFileName().toString().equals(BOOT)) {
                    empty = false;
                }
            }
        }
        return empty;
    }

    private static boolean remove(Path directory) throws IOException {
        try {
            Files.delete(directory);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        }
    }
}

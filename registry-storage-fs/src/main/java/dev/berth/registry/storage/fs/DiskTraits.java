package dev.berth.registry.storage.fs;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What the disk of a store supports, detected by trying.
 *
 * @param hardLinks whether a file can have two names
 * @param countsDirectories whether a directory has two links and one more for each subdirectory, as on ext4, XFS and
 *     tmpfs. The number of links then shows whether there are subdirectories, without reading each entry
 * @param fineTimes whether modification times are kept to the microsecond
 */
record DiskTraits(boolean hardLinks, boolean countsDirectories, boolean fineTimes) {

    /**
     * Detects what the disk supports.
     *
     * @param directory an empty directory, which is left empty
     * @param modes how the files for trying are created
     * @throws CaseInsensitiveException if upper and lower case are the same to it
     */
    static DiskTraits probe(Path directory, FileModes modes) throws IOException {
        Path file = directory.resolve("probe");
        try {
            modes.createFile(file);
            if (Files.exists(directory.resolve("PROBE"), LinkOption.NOFOLLOW_LINKS)) {
                throw new CaseInsensitiveException();
            }
            return new DiskTraits(
                    links(file, directory.resolve("probe-link")),
                    counts(directory.resolve("probe-directory")),
                    keepsMicroseconds(file));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /**
     * Returns what holds on every disk, for one on which nothing can be tried.
     *
     * @param file a file that exists, by a name in lower case
     * @throws CaseInsensitiveException if upper and lower case are the same to the disk
     */
    static DiskTraits least(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (Files.exists(file.resolveSibling(name.toUpperCase(Locale.ROOT)), LinkOption.NOFOLLOW_LINKS)
                && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new CaseInsensitiveException();
        }
        return new DiskTraits(false, false, false);
    }

    private static boolean links(Path file, Path link) {
        try {
            Files.createLink(link, file);
            Files.delete(link);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static boolean counts(Path directory) throws IOException {
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return false;
        }
        Path inner = directory.resolve("directory");
        Path file = directory.resolve("file");
        try {
            Files.createDirectory(directory);
            int empty = linkCount(directory);
            Files.createDirectory(inner);
            Files.createFile(file);
            int one = linkCount(directory);
            Files.delete(inner);
            return empty == 2 && one == 3 && linkCount(directory) == 2;
        } catch (FileSystemException e) {
            // A full disk has no room for directories, but can be read, and what is on it can be deleted.
            return false;
        } finally {
            Files.deleteIfExists(inner);
            Files.deleteIfExists(file);
            Files.deleteIfExists(directory);
        }
    }

    private static int linkCount(Path directory) throws IOException {
        return (int) Files.getAttribute(directory, "unix:nlink");
    }

    private static boolean keepsMicroseconds(Path file) throws IOException {
        FileTime time = FileTime.from(1_700_000_000_123_457L, TimeUnit.MICROSECONDS);
        Files.setLastModifiedTime(file, time);
        return Files.getLastModifiedTime(file).equals(time);
    }

    /** The disk is not case-sensitive. */
    static final class CaseInsensitiveException extends IOException {
        private static final long serialVersionUID = 1L;

        private CaseInsensitiveException() {
            super("The disk does not distinguish upper and lower case");
        }
    }
}

package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.fs.read.ObjectStats;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a directory that change when an entry is created or removed.
 *
 * @param identity the identity of the directory, which another one may have replaced
 * @param modified when an entry was last created or removed
 * @param changed the same, but cannot be set by users; equal to {@code modified} if the system has no such time
 * @param links the number of links to it, 0 if unknown
 */
record DirectoryStamp(@Nullable Object identity, FileTime modified, FileTime changed, int links) {
    /** The clocks of file systems tick at least this often, or once in one or two seconds. */
    private static final Duration FINE_TICK = Duration.ofMillis(100);

    private static final Duration COARSE_TICK = Duration.ofSeconds(3);

    /** Returns the stamp of a directory, or null if it does not exist or is a symbolic link. */
    static @Nullable DirectoryStamp read(Path directory) throws IOException {
        try {
            return directory.getFileSystem().supportedFileAttributeViews().contains("unix")
                    ? readUnix(directory)
                    : readBasic(directory);
        } catch (FileSystemException e) {
            if (ObjectStats.isAbsence(directory, e)) {
                return null;
            }
            throw e;
        }
    }

    private static @Nullable DirectoryStamp readUnix(Path directory) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(
                directory, "unix:isDirectory,ino,lastModifiedTime,ctime,nlink", LinkOption.NOFOLLOW_LINKS);
        if (!Boolean.TRUE.equals(attributes.get("isDirectory"))) {
            return null;
        }
        return new DirectoryStamp(
                attributes.get("ino"),
                (FileTime) Objects.requireNonNull(attributes.get("lastModifiedTime")),
                (FileTime) Objects.requireNonNull(attributes.get("ctime")),
                (int) Objects.requireNonNull(attributes.get("nlink")));
    }

    private static @Nullable DirectoryStamp readBasic(Path directory) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(directory, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        FileTime modified = attributes.lastModifiedTime();
        return attributes.isDirectory() ? new DirectoryStamp(attributes.fileKey(), modified, modified, 0) : null;
    }

    /**
     * Tells whether an equal stamp that is read later means that nothing has changed since. It does not if the last
     * change is so recent that another one may get the same time.
     */
    boolean isSettled(Instant now) {
        Instant last = changed.toInstant();
        Duration tick = last.equals(last.truncatedTo(ChronoUnit.SECONDS)) ? COARSE_TICK : FINE_TICK;
        return Duration.between(last, now).compareTo(tick) > 0;
    }
}

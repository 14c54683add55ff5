package dev.berth.registry.storage.fs.read;

import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectVersion;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks files up. An object is a regular file; directories, symbolic links and the rest count as absent. */
public final class ObjectStats {
    private ObjectStats() {}

    /** Returns the attributes of an object's file, or null if the file does not exist. */
    public static @Nullable BasicFileAttributes find(Path path) throws IOException {
        BasicFileAttributes attributes = findAny(path);
        return attributes != null && attributes.isRegularFile() ? attributes : null;
    }

    /** Returns the attributes of what has a name, whether it is an object or not, or null if nothing has it. */
    public static @Nullable BasicFileAttributes findAny(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (FileSystemException e) {
            if (isAbsence(path, e)) {
                return null;
            }
            throw e;
        }
    }

    /** Tells whether a call failed because there is no such file, also since a file stands where a directory should. */
    public static boolean isAbsence(Path path, FileSystemException failure) {
        if (failure instanceof NoSuchFileException) {
            return true;
        }
        for (Path above = path.getParent(); above != null; above = above.getParent()) {
            if (Files.exists(above, LinkOption.NOFOLLOW_LINKS)) {
                return !Files.isDirectory(above);
            }
        }
        return false;
    }

    static ObjectStat of(BasicFileAttributes attributes) {
        FileTime modified = attributes.lastModifiedTime();
        return new ObjectStat(attributes.size(), version(modified, attributes.size()), modified.toInstant());
    }

    public static ObjectVersion version(BasicFileAttributes attributes) {
        return version(attributes.lastModifiedTime(), attributes.size());
    }

    /** The version of an object: see {@link VersionClock}. The size distinguishes what others wrote in between. */
    public static ObjectVersion version(FileTime modified, long size) {
        return new ObjectVersion(Long.toString(modified.to(TimeUnit.NANOSECONDS), 36) + "-" + Long.toString(size, 36));
    }
}

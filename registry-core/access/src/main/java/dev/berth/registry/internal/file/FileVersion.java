package dev.berth.registry.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * By what a change of a file is noticed.
 *
 * @param modified when it was changed
 * @param size its size in bytes
 * @param key what the file system knows the file by, if that is known
 */
public record FileVersion(
        FileTime modified, long size, @Nullable Object key) {
    /** A file system may give two changes within this time the same time of modification. */
    private static final Duration COARSEST_TIMES = Duration.ofSeconds(2);

    /** Returns the version of a file now. */
    public static FileVersion of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileVersion(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }

    /** Returns whether the file may be changed without another version, so that it must be read to be known. */
    public boolean mayHideAChange(Instant now) {
        return modified.toInstant().plus(COARSEST_TIMES).isAfter(now);
    }
}

package dev.berth.examples.standalone.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** By what a change of a file is noticed without reading it. */
record FileVersion(FileTime modified, long size, @Nullable Object key) {
    /** A file system may give two changes within this time the same time of modification. */
    private static final Duration COARSEST_TIMES = Duration.ofSeconds(2);

    /** Returns the version, or empty if there is no file now. */
    static Optional<FileVersion> of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new FileVersion(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Returns whether the file may have changed again without another version. */
    boolean mayHideAChange(Instant now) {
        return modified.toInstant().plus(COARSEST_TIMES).isAfter(now);
    }
}

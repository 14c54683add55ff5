package dev.berth.registry.storage.fs.read;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** What is known of a file that was written and not looked up yet. The other times are not used. */
record WrittenFile(long size, FileTime lastModifiedTime) implements BasicFileAttributes {

    @Override
    public FileTime lastAccessTime() {
        return lastModifiedTime;
    }

    @Override
    public FileTime creationTime() {
        return lastModifiedTime;
    }

    @Override
    public boolean isRegularFile() {
        return true;
    }

    @Override
    public boolean isDirectory() {
        return false;
    }

    @Override
    public boolean isSymbolicLink() {
        return false;
    }

    @Override
    public boolean isOther() {
        return false;
    }

    /** The system has not told it. */
    @Override
    public @Nullable Object fileKey() {
        return null;
    }
}

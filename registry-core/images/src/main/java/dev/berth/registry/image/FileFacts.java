package dev.berth.registry.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * What the file system says about a file; a symbolic link is not followed. Equal facts before and after reading say that
 * nobody changed the file in between, as far as can be known.
 *
 * @param modified when it was last changed
 * @param size in bytes
 * @param mode permissions; what is usual where the file system has none
 * @param userId the owner; 0 where the file system has none
 * @param groupId the group; 0 where the file system has none
 */
record FileFacts(Kind kind, long size, Instant modified, int mode, int userId, int groupId) {
    private static final int PERMISSIONS = 07777;
    private static final int OWNER_MAY_EXECUTE = 0100;

    enum Kind {
        FILE,
        DIRECTORY,
        SYMLINK,
        OTHER
    }

    static FileFacts read(Path path) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return readUnix(path);
        }
        BasicFileAttributes facts = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Kind kind = kind(facts.isRegularFile(), facts.isDirectory(), facts.isSymbolicLink());
        int mode = kind == Kind.DIRECTORY ? EntryDefaults.DIRECTORY_MODE : EntryDefaults.FILE_MODE;
        return new FileFacts(kind, facts.size(), facts.lastModifiedTime().toInstant(), mode, 0, 0);
    }

    private static FileFacts readUnix(Path path) throws IOException {
        Map<String, Object> facts = Files.readAttributes(
                path,
                "unix:isRegularFile,isDirectory,isSymbolicLink,size,lastModifiedTime,mode,uid,gid",
                LinkOption.NOFOLLOW_LINKS);
        return new FileFacts(
                kind(
                        fact(facts, "isRegularFile", Boolean.class),
                        fact(facts, "isDirectory", Boolean.class),
                        fact(facts, "isSymbolicLink", Boolean.class)),
                fact(facts, "size", Long.class),
                fact(facts, "lastModifiedTime", FileTime.class).toInstant(),
                fact(facts, "mode", Integer.class) & PERMISSIONS,
                fact(facts, "uid", Integer.class),
                fact(facts, "gid", Integer.class));
    }

    private static <T> T fact(Map<String, Object> facts, String name, Class<T> type) {
        return type.cast(Objects.requireNonNull(facts.get(name), name));
    }

    private static Kind kind(boolean file, boolean directory, boolean symlink) {
        if (file) {
            return Kind.FILE;
        }
        if (directory) {
            return Kind.DIRECTORY;
        }
        return symlink ? Kind.SYMLINK : Kind.OTHER;
    }

    boolean ownerMayExecute() {
        return (mode & OWNER_MAY_EXECUTE) != 0;
    }
}

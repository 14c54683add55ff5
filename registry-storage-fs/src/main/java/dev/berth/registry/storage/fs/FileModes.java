package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.fs.journal.DiskSync;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Creates files and directories with the permissions that the options ask for: for the user of this process only, or
 * what its umask leaves. What exists keeps its permissions. Where the system has none of this kind, they are its own.
 */
final class FileModes {
    private static final FileAttribute<?>[] NONE = {};
    private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final FileAttribute<?>[] file;
    private final FileAttribute<?>[] directory;

    private FileModes(FileAttribute<?>[] file, FileAttribute<?>[] directory) {
        this.file = file;
        this.directory = directory;
    }

    static FileModes of(FileStorageOptions options, Path root) {
        boolean posix = root.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (options.sharedFiles() || !posix) {
            return new FileModes(NONE, NONE);
        }
        return new FileModes(permissions("rw-------"), permissions("rwx------"));
    }

    private static FileAttribute<?>[] permissions(String text) {
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))};
    }

    /** Returns the attributes of new files. */
    FileAttribute<?>[] ofFiles() {
        return file.clone();
    }

    /** Creates a file and opens it for writing. */
    FileChannel openNew(Path path) throws IOException {
        return FileChannel.open(path, NEW, file);
    }

    Path createFile(Path path) throws IOException {
        return Files.createFile(path, file);
    }

    Path createDirectory(Path path) throws IOException {
        return Files.createDirectory(path, directory);
    }

    /**
     * Creates the directory of a store if it does not exist, and those above it, which are not the store's and get the
     * permissions that the umask leaves. Returns its real path.
     */
    Path makeRoot(Path root, DiskSync sync) throws IOException {
        try {
            Path last = root.toAbsolutePath();
            List<Path> missing = new ArrayList<>();
            for (Path path = last; path != null && !Files.exists(path); path = path.getParent()) {
                missing.add(0, path);
            }
            for (Path path : missing) {
                if (path.equals(last)) {
                    createDirectory(path);
                } else {
                    Files.createDirectory(path);
                }
                sync.directory(Directories.of(path));
            }
            return root.toRealPath();
        } catch (IOException e) {
            throw new IOException("The directory '" + root + "' cannot be created: " + Ownership.reason(e), e);
        }
    }
}

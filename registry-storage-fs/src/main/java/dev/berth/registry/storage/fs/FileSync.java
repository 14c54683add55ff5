package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.fs.journal.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Syncs many files and their directories: one by one if they are few, and otherwise by one call for the whole disk, which
 * the program {@code sync} of Linux systems makes.
 */
final class FileSync implements Checkpoint {
    /** The disk may have much to write that is not ours, which a few files need not wait for. */
    private static final int MANY = 256;

    private static final int LONGEST_MINUTES = 10;

    private final Path root;
    private final DirectorySync directories;

    FileSync(Path root, DirectorySync directories) {
        this.root = root;
        this.directories = directories;
    }

    @Override
    public void sync(Set<String> paths) throws IOException {
        if (paths.size() >= MANY && syncDisk()) {
            return;
        }
        Set<Path> parents = new HashSet<>();
        for (String name : paths) {
            Path path = root.resolve(name);
            if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                syncFile(path);
            }
            Path parent = Directories.of(path);
            while (parents.add(parent) && !parent.equals(root)) {
                parent = Directories.of(parent);
            }
        }
        for (Path parent : parents) {
            if (Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
                syncDirectory(parent);
            }
        }
    }

    private static void syncFile(Path path) throws IOException {
        try {
            DirectorySync.force(path, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            // It was deleted or replaced meanwhile, by a change with an entry of its own.
        }
    }

    private void syncDirectory(Path directory) throws IOException {
        try {
            directories.sync(directory);
        } catch (NoSuchFileException e) {
            // It was removed meanwhile: that is in the directory above it.
        }
    }

    private boolean syncDisk() {
        try {
            Process process = new ProcessBuilder("sync", "-f", root.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

package dev.berth.registry.storage.fs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Directories are created with the first object in them and removed with the last, so that listings show no empty
 * groups. Both may happen at the same time: a directory that is not empty cannot be removed, and a writer that finds
 * the directory of its object removed creates it again.
 */
final class Directories {
    /** The number of attempts to create a directory that others keep removing, before another cause is assumed. */
    private static final int ATTEMPTS = 1000;

    private static final int MOST_KEPT = 100;

    private final Path root;
    private final NameCache names;
    private final FileModes modes;

    /** Those that stay when they are empty. */
    private final Set<Path> kept = ConcurrentHashMap.newKeySet();

    Directories(Path root, NameCache names, FileModes modes) {
        this.root = root;
        this.names = names;
        this.modes = modes;
    }

    /** Returns the directory of a file or directory below the root, which always has one. */
    static Path of(Path file) {
        return Objects.requireNonNull(file.getParent(), "parent");
    }

    /**
     * Runs a change that creates a file, and creates the directories that it needs. If it fails, none of them stays.
     *
     * @return what the change returned
     */
    boolean place(Path file, FileChange change) throws IOException {
        Path directory = Directories.of(file);
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    return change.run();
                } catch (NoSuchFileException e) {
                    if (attempt == ATTEMPTS) {
                        throw e;
                    }
                }
                make(directory);
            }
        } catch (IOException e) {
            prune(directory);
            throw e;
        }
    }

    /**
     * As {@link #place}, for a file that did not exist just before. It is nearly always the first one in its directory, so
     * that trying without that would fail.
     */
    boolean placeNew(Path file, FileChange change) throws IOException {
        Path directory = Directories.of(file);
        if (!directory.equals(root) && !kept.contains(directory)) {
            try {
                make(directory);
            } catch (IOException e) {
                prune(directory);
                throw e;
            }
        }
        return place(file, change);
    }

    private void make(Path directory) throws IOException {
        if (directory.equals(root)) {
            throw new NoSuchFileException(root.toString(), null, "the directory of the store has been removed");
        }
        Path parent = Directories.of(directory);
        for (int attempt = 1; ; attempt++) {
            try {
                FileChange creation = () -> {
                    modes.createDirectory(directory);
                    return true;
                };
                if (creation.runIfAbsent()) {
                    names.directoriesChanged(parent);
                }
                return;
            } catch (NoSuchFileException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
            make(parent);
        }
    }

    /**
     * Keeps a directory, in which objects come and go all the time, also when it is empty; until {@link #pruneKept}, or a
     * crash, after which it stays.
     */
    void keep(Path directory) {
        if (kept.size() < MOST_KEPT) {
            kept.add(directory);
        }
    }

    /** Removes those that are empty of the directories that were kept. */
    void pruneKept() {
        for (Path directory : List.copyOf(kept)) {
            kept.remove(directory);
            prune(directory);
        }
    }

    /**
     * Removes a directory if it is empty, then those above it that are empty then, up to the root.
     *
     * @return the first directory that stayed
     */
    Path prune(Path directory) {
        Path path = directory;
        while (!path.equals(root) && !kept.contains(path)) {
            // Since no key is a prefix of another, no file is being put here; one that exists stays.
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && !remove(path)) {
                return path;
            }
            path = of(path);
        }
        return path;
    }

    private boolean remove(Path directory) {
        Path parent = of(directory);
        names.directoriesChanging(parent);
        try {
            Files.deleteIfExists(directory);
            names.directoriesChanged(parent);
            return true;
        } catch (IOException e) {
            // Usually it is not empty. In any case an empty directory that stays does no harm.
            return false;
        }
    }
}

package dev.berth.registry.storage.fs.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * Makes changes durable without the journal: syncs the files themselves and their directories, one by one if they are few,
 * and otherwise everything on the disk at once.
 */
public final class Checkpoint {
    /** The disk may have much to write that is not ours, which a few files need not wait for. */
    private static final int MANY = 256;

    private static final int MOST_KEPT = 10_000;

    private final Path root;
    private final DiskSync sync;

    /** @param root what the paths of entries are relative to */
    public Checkpoint(Path root, DiskSync sync) {
        this.root = root;
        this.sync = sync;
    }

    /** Takes the path of a changed file. */
    @FunctionalInterface
    public interface Visitor {
        /** Returns whether more are wanted. Some file may not exist any more. */
        boolean visit(String path) throws IOException;
    }

    /** The paths of the files that were changed, which may be too many for the memory. */
    @FunctionalInterface
    public interface Changed {
        /** Names each file at least once, or fewer if no more are wanted. */
        void each(Visitor visitor) throws IOException;
    }

    /** Syncs files, as they are now, and the directories that they are in or have been removed from. */
    public void sync(Changed changed) throws IOException {
        if (areMany(changed) && sync.disk(root)) {
            return;
        }
        Set<Path> parents = new HashSet<>();
        Set<String> done = new HashSet<>();
        changed.each(name -> {
            if (done.size() == MOST_KEPT) {
                syncDirectories(parents);
                parents.clear();
                done.clear();
            }
            if (done.add(name)) {
                Path path = root.resolve(name);
                syncFile(path);
                addParents(path, parents);
            }
            return true;
        });
        syncDirectories(parents);
    }

    private static boolean areMany(Changed changed) throws IOException {
        Set<String> few = new HashSet<>();
        changed.each(path -> {
            few.add(path);
            return few.size() < MANY;
        });
        return few.size() >= MANY;
    }

    private void addParents(Path path, Set<Path> parents) {
        Path parent = Objects.requireNonNull(path.getParent(), "parent");
        while (parents.add(parent) && !parent.equals(root)) {
            parent = Objects.requireNonNull(parent.getParent(), "parent");
        }
    }

    private void syncFile(Path path) throws IOException {
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            try {
                sync.file(path);
            } catch (NoSuchFileException e) {
                // It was deleted or replaced meanwhile, by a change with an entry of its own.
            }
        }
    }

    private void syncDirectories(Set<Path> directories) throws IOException {
        for (Path directory : directories) {
            if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                try {
                    sync.directory(directory);
                } catch (NoSuchFileException e) {
                    // It was removed meanwhile: that is in the directory above it.
                }
            }
        }
    }
}

package dev.berth.registry.storage.fs.read;

import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * Reads objects, and keeps small ones, and the attributes of others, in memory.
 *
 * <p>What is kept is compared with the attributes of the file before each use, so that a changed file is read again, whoever
 * has changed it. Only for a file that is looked up many times in quick succession does one lookup hold for the next 10
 * milliseconds, unless this store changes a file of that directory: so every read that begins after such a change has
 * returned sees it. Absence is never kept.
 */
public final class FileCache {
    /** The size of the largest file whose bytes are kept: links, and nearly all manifests and configurations. */
    private static final int SMALL = 16 * 1024;

    /** The size of the largest file that is kept when it is written: links, and records of uploads. */
    private static final int VERY_SMALL = 256;

    private final Paths paths;
    private final DirectoryChanges changes;
    private final RecentFiles recent;

    /** Where objects are. */
    public interface Paths {
        /** Returns the file of an object. */
        Path of(ObjectKey key) throws IOException;
    }

    /**
     * Creates a cache with nothing in it.
     *
     * @param changes what this store changes
     * @param budget in bytes; with 0 nothing is kept
     */
    public FileCache(Paths paths, DirectoryChanges changes, long budget) {
        this.paths = paths;
        this.changes = changes;
        this.recent = new RecentFiles(budget);
    }

    /** Looks an object up. */
    public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
        KeptFile kept = recent.get(key.value());
        if (kept != null && kept.isCurrent(changes)) {
            return Optional.of(kept.stat());
        }
        Path path = kept == null ? paths.of(key) : kept.path();
        long count = count(path);
        BasicFileAttributes present = ObjectStats.find(path);
        if (present == null) {
            recent.remove(key.value());
            return Optional.empty();
        }
        KeptFile file = new KeptFile(path, present, null, count);
        recent.put(key.value(), file);
        return Optional.of(file.stat());
    }

    /** Opens the file of an object, whatever is kept of it. */
    public Optional<ObjectContent> openStored(ObjectKey key) throws IOException {
        return FileContent.open(paths.of(key), 0, Long.MAX_VALUE).map(content -> content);
    }

    /** Opens a part of an object, or returns empty if there is no such object. */
    public Optional<ObjectContent> open(ObjectKey key, long offset, long length) throws IOException {
        KeptFile kept = recent.get(key.value());
        byte[] bytes = kept == null ? null : kept.content();
        if (kept != null && bytes != null && kept.isCurrent(changes)) {
            return Optional.of(new KeptContent(bytes, kept.stat(), offset, length));
        }
        Path path = kept == null ? paths.of(key) : kept.path();
        long count = count(path);
        BasicFileAttributes known = kept == null ? ObjectStats.find(path) : kept.attributes();
        Optional<FileContent> found = FileContent.open(path, known, offset, length);
        if (found.isEmpty()) {
            recent.remove(key.value());
        }
        if (found.isEmpty() || !isSmall(path, found.get())) {
            return found.map(content -> content);
        }
        try (FileContent content = found.get()) {
            byte[] all = content.readWhole();
            KeptFile file = new KeptFile(path, content.attributes(), all, count);
            recent.put(key.value(), file);
            return Optional.of(new KeptContent(all, file.stat(), offset, length));
        } catch (EOFException e) {
            // It was cut while it was read, which is the problem of those who read it.
            return FileContent.open(path, offset, length).map(content -> content);
        }
    }

    /**
     * Keeps what this store has just written, if it is very small: a push reads it again soon.
     *
     * @param modified the time that the file was given, which no other one has
     */
    public void written(ObjectKey key, Path path, byte[] content, FileTime modified) {
        if (content.length <= VERY_SMALL && recent.keeps(content.length)) {
            WrittenFile attributes = new WrittenFile(content.length, modified);
            recent.put(key.value(), new KeptFile(path, attributes, content.clone(), count(path)));
        }
    }

    private boolean isSmall(Path path, FileContent content) {
        long size = content.stat().size();
        return size <= SMALL && recent.keeps(size + path.toString().length() * 3L);
    }

    private long count(Path path) {
        return changes.of(DirectoryChanges.stripeOf(path));
    }
}

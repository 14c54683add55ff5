package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Reads objects, and keeps small ones, and the attributes of others, in memory.
 *
 * <p>What is kept is compared with the attributes of the file before each use, so that a changed file is read again, whoever
 * has changed it. Only for a file that is looked up many times in quick succession does one lookup hold for the next 10
 * milliseconds, unless this store changes a file of that directory: so every read that begins after such a change has
 * returned sees it. Absence is never kept.
 */
final class FileCache {
    /** The size of the largest file whose bytes are kept: links, and nearly all manifests and configurations. */
    private static final int SMALL = 16 * 1024;

    private final KeyPaths paths;
    private final DirectoryChanges changes;
    private final RecentFiles recent;

    /** @param budget in bytes; with 0 nothing is kept */
    FileCache(KeyPaths paths, DirectoryChanges changes, long budget) {
        this.paths = paths;
        this.changes = changes;
        this.recent = new RecentFiles(budget);
    }

    Optional<ObjectStat> stat(ObjectKey key) throws IOException {
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

    Optional<ObjectContent> open(ObjectKey key, long offset, long length) throws IOException {
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

    private boolean isSmall(Path path, FileContent content) {
        long size = content.stat().size();
        return size <= SMALL && recent.keeps(size + path.toString().length() * 3L);
    }

    private long count(Path path) {
        return changes.of(DirectoryChanges.stripe(Directories.of(path)));
    }
}

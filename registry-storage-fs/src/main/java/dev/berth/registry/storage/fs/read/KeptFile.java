package dev.berth.registry.storage.fs.read;

import dev.berth.registry.storage.ObjectStat;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a file: its attributes, and its bytes if it is small. Whether the file still is what it was is asked of the
 * file system each time, with one exception, see {@link FileCache}. Thread-safe.
 */
final class KeptFile {
    /** What an entry takes beside the bytes of the file and of its path: objects, and a node of the map. */
    private static final int ENTRY_BYTES = 500;

    /** So many lookups of the file system in quick succession make a file busy. */
    private static final int BUSY = 8;

    private static final long SUCCESSION_NANOS = 100_000_000;

    /** For how long a lookup of a busy file holds. */
    private static final long HOLDS_NANOS = 10_000_000;

    private final Path path;
    private volatile BasicFileAttributes attributes;
    private final ObjectStat stat;
    private final byte @Nullable [] content;
    private final long weight;
    private final int stripe;
    private volatile Check check;

    /** A lookup: when, what the directory had seen of changes before it, and how many came before in quick succession. */
    private record Check(long nanos, long changes, int succession) {}

    /**
     * Creates it with the attributes of a file that has just been looked up.
     *
     * @param content its bytes, or null if only the attributes are kept
     */
    KeptFile(Path path, BasicFileAttributes attributes, byte @Nullable [] content, long changes) {
        this.path = path;
        this.attributes = attributes;
        this.stat = ObjectStats.of(attributes);
        this.content = content;
        int length = path.toString().length();
        this.weight = ENTRY_BYTES + 3L * length + (content == null ? 0 : content.length);
        this.stripe = DirectoryChanges.stripeOf(path);
        this.check = new Check(System.nanoTime(), changes, 0);
    }

    Path path() {
        return path;
    }

    BasicFileAttributes attributes() {
        return attributes;
    }

    ObjectStat stat() {
        return stat;
    }

    byte @Nullable [] content() {
        return content;
    }

    long weight() {
        return weight;
    }

    /** Returns whether the file is as it was, and looks it up for that where necessary. */
    boolean isCurrent(DirectoryChanges changes) throws IOException {
        Check last = check;
        long known = changes.of(stripe);
        long now = System.nanoTime();
        if (last.succession >= BUSY && now - last.nanos < HOLDS_NANOS && known == last.changes) {
            return true;
        }
        BasicFileAttributes present = ObjectStats.find(path);
        if (present == null || !isSame(present)) {
            return false;
        }
        attributes = present;
        int succession = now - last.nanos < SUCCESSION_NANOS ? Math.min(last.succession + 1, BUSY) : 0;
        check = new Check(now, known, succession);
        return true;
    }

    private boolean isSame(BasicFileAttributes present) {
        BasicFileAttributes kept = attributes;
        return present.size() == kept.size()
                && present.lastModifiedTime().equals(kept.lastModifiedTime())
                && (kept instanceof WrittenFile || Objects.equals(present.fileKey(), kept.fileKey()));
    }
}

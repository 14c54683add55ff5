package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.fs.journal.DiskSync;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a power cut may leave of the directory of a store: of all that was not synced, any part. A name may be there without
 * its content, with a part of it, or with zeros; a directory may have lost some of its new entries and got back some of the
 * old ones. A file that was renamed has one of its names.
 *
 * <p>Knows what is durable, since the store tells what it syncs, and syncs nothing itself. Thread-safe; a copy is made of one
 * moment if nobody changes the directory meanwhile.
 */
final class PowerCutDisk implements DiskSync, AutoCloseable {

    /** What happens at a moment at which the power may be cut. */
    interface Moment {
        void at() throws IOException;
    }

    private record Content(byte[] bytes, FileTime modified) {}

    private record Entry(Object file, boolean directory) {}

    private static final String RESERVE = ".berth-reserve";

    private final Path root;
    private final Random random;
    private final Map<Object, Map<String, Entry>> directories = new HashMap<>();
    private final Map<Object, Content> synced = new HashMap<>();
    private final Map<Object, Content> seen = new HashMap<>();
    private final Map<Object, FileChannel> open = new HashMap<>();
    private @Nullable Moment moment;
    private @Nullable Object torn;
    private byte[] beforeWrite = {};
    private int syncs;

    /** What the directory has now is durable. */
    PowerCutDisk(Path root, Random random) throws IOException {
        this.root = root.toRealPath();
        this.random = random;
        if (!Files.exists(this.root.resolve(RESERVE))) {
            // Without the reserve, which takes most of the time.
            Files.createFile(this.root.resolve(RESERVE));
        }
        everything(this.root);
    }

    /** Opens the store. Segments of its journal are full soon. */
    FileObjectStore open(long segmentBytes) throws IOException {
        return FileObjectStore.open(
                root,
                FileStorageOptions.defaults(),
                InstantSource.system(),
                UnaryOperator.identity(),
                this,
                segmentBytes);
    }

    /** Sets what is called before and after each sync, in the thread that syncs; others change nothing meanwhile, if they sync. */
    synchronized void atEachSync(@Nullable Moment next) {
        moment = next;
    }

    /** The number of syncs until now. */
    synchronized int syncs() {
        return syncs;
    }

    private void moment() throws IOException {
        Moment now = moment;
        if (now != null) {
            moment = null;
            try {
                now.at();
            } finally {
                moment = now;
            }
        }
    }

    @Override
    public synchronized void file(Path file) throws IOException {
        moment();
        syncs++;
        Object key = key(file);
        synced.put(key, content(file));
        moment();
    }

    @Override
    public synchronized void directory(Path directory) throws IOException {
        if (!directory.startsWith(root)) {
            return;
        }
        moment();
        syncs++;
        record(directory);
        moment();
    }

    @Override
    public synchronized boolean disk(Path directory) throws IOException {
        moment();
        syncs++;
        everything(root);
        moment();
        return true;
    }

    @Override
    public synchronized void written(Path file) throws IOException {
        syncs++;
        Object key = key(file);
        Content before = synced.get(key);
        synced.put(key, content(file));
        torn = key;
        beforeWrite = before == null ? new byte[0] : before.bytes;
        moment();
        torn = null;
        moment();
    }

    private void everything(Path directory) throws IOException {
        record(directory);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry)) {
                    everything(entry);
                } else {
                    synced.put(key(entry), content(entry));
                }
            }
        }
    }

    private void record(Path directory) throws IOException {
        Map<String, Entry> found = new HashMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                boolean isDirectory = Files.isDirectory(entry);
                Object key = key(entry);
                found.put(entry.getFileName().toString(), new Entry(key, isDirectory));
                if (!isDirectory) {
                    seen.put(key, content(entry));
                }
            }
        }
        Map<String, Entry> before = directories.put(key(directory), found);
        if (before != null) {
            Set<Entry> gone = new HashSet<>(before.values());
            gone.removeAll(found.values());
            gone.removeIf(Entry::directory);
            if (!gone.isEmpty()) {
                renamed(root, gone);
            }
        }
    }

    /** Where a file has durably lost a name by a renaming, it has durably got the other one: a renaming is one step. */
    private boolean renamed(Path directory, Set<Entry> gone) throws IOException {
        boolean any = false;
        Map<String, Entry> durable = directories.computeIfAbsent(key(directory), key -> new HashMap<>());
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path path : entries) {
                Entry entry = new Entry(key(path), Files.isDirectory(path));
                if (entry.directory ? renamed(path, gone) : gone.contains(entry)) {
                    durable.put(path.getFileName().toString(), entry);
                    any = true;
                }
            }
        }
        return any;
    }

    /** The identity of a file, which no other gets while it is open. */
    private Object key(Path file) throws IOException {
        Object key = Objects.requireNonNull(
                Files.readAttributes(file, BasicFileAttributes.class).fileKey());
        if (!open.containsKey(key)) {
            open.put(key, FileChannel.open(file, StandardOpenOption.READ));
        }
        return key;
    }

    private static Content content(Path file) throws IOException {
        return new Content(Files.readAllBytes(file), Files.getLastModifiedTime(file));
    }

    /** Makes a directory that is what a power cut may leave of the store's one at this moment. */
    synchronized void copyTo(Path target) throws IOException {
        Map<String, Entry> durable = new TreeMap<>();
        collect(key(root), "", durable);
        Map<String, Entry> current = new TreeMap<>();
        Map<Object, Content> contents = new HashMap<>();
        walk(root, "", current, contents);
        Set<String> lost = lost(durable, current);
        Files.createDirectories(target);
        Set<String> paths = new TreeSet<>(durable.keySet());
        paths.addAll(current.keySet());
        for (String path : paths) {
            Entry chosen = (lost.contains(path) ? durable : current).get(path);
            if (chosen == null || path.startsWith(".berth-lock")) {
                // The lock is one of the process, which is dead then.
                continue;
            }
            Path copy = target.resolve(path);
            if (chosen.directory) {
                Files.createDirectories(copy);
            } else {
                Files.createDirectories(Objects.requireNonNull(copy.getParent()));
                Content content = damaged(path, chosen.file, contents.get(chosen.file));
                Files.write(copy, content.bytes);
                Files.setLastModifiedTime(copy, content.modified);
            }
        }
    }

    private void collect(Object directory, String prefix, Map<String, Entry> found) {
        directories.getOrDefault(directory, Map.of()).forEach((name, entry) -> {
            found.put(prefix + name, entry);
            if (entry.directory) {
                collect(entry.file, prefix + name + "/", found);
            }
        });
    }

    private void walk(Path directory, String prefix, Map<String, Entry> found, Map<Object, Content> contents)
            throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                boolean isDirectory = Files.isDirectory(entry);
                String path = prefix + entry.getFileName();
                try {
                    Object key = key(entry);
                    found.put(path, new Entry(key, isDirectory));
                    if (isDirectory) {
                        walk(entry, path + "/", found, contents);
                    } else {
                        contents.put(key, content(entry));
                    }
                } catch (NoSuchFileException e) {
                    // Another thread removes temporary files.
                }
            }
        }
    }

    /** The paths that are as they were when their directory was synced, and not as they are now. */
    private Set<String> lost(Map<String, Entry> durable, Map<String, Entry> current) {
        Set<String> changed = new TreeSet<>(durable.keySet());
        changed.addAll(current.keySet());
        changed.removeIf(path -> Objects.equals(durable.get(path), current.get(path)));
        Set<String> lost = new HashSet<>();
        boolean all = random.nextInt(8) == 0;
        List<String> order = new ArrayList<>(changed);
        for (String path : order) {
            if (all || random.nextBoolean()) {
                lost.add(path);
            }
        }
        boolean more = true;
        while (more) {
            more = false;
            for (String path : changed) {
                if (lost.contains(path)) {
                    Entry gone = current.get(path);
                    for (String other : changed) {
                        boolean below = gone != null && gone.directory && other.startsWith(path + "/");
                        more |= (below || isRenamed(path, other, durable, current)) && lost.add(other);
                    }
                }
            }
        }
        return lost;
    }

    /** A file has one of its names, so a renaming happened at both or at none. */
    private static boolean isRenamed(
            String path, String other, Map<String, Entry> durable, Map<String, Entry> current) {
        return isSame(durable.get(path), current.get(other)) || isSame(durable.get(other), current.get(path));
    }

    private static boolean isSame(@Nullable Entry one, @Nullable Entry other) {
        return one != null && !one.directory && one.equals(other);
    }

    private Content damaged(String path, Object file, @Nullable Content current) {
        Content durable = synced.get(file);
        if (current == null && durable != null) {
            // It was deleted, and comes back. What was seen of it may be older.
            return durable;
        }
        Content latest = Objects.requireNonNull(current != null ? current : seen.get(file), "latest");
        if (path.startsWith(".berth-journal/") && durable != null) {
            byte[] before = file.equals(torn) ? beforeWrite : durable.bytes;
            return new Content(tear(before, latest.bytes), durable.modified);
        }
        if (durable != null && (Arrays.equals(durable.bytes, latest.bytes) || random.nextInt(3) == 0)) {
            return durable;
        }
        byte[] bytes = latest.bytes;
        return switch (random.nextInt(4)) {
            case 0 -> latest;
            case 1 -> new Content(new byte[0], latest.modified);
            case 2 -> new Content(Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)), latest.modified);
            default -> new Content(new byte[bytes.length], latest.modified);
        };
    }

    /** A part of what was being written to the journal, up to some byte. */
    private byte[] tear(byte[] before, byte[] after) {
        int from = Arrays.mismatch(before, after);
        if (from < 0) {
            return after;
        }
        int end = from + random.nextInt(after.length - from + 1);
        byte[] torn = Arrays.copyOf(before, Math.max(before.length, end));
        System.arraycopy(after, from, torn, from, end - from);
        return torn;
    }

    @Override
    public void close() throws IOException {
        for (FileChannel channel : open.values()) {
            channel.close();
        }
    }
}

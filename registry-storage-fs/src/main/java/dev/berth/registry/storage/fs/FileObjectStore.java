package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import dev.berth.registry.storage.fs.journal.Boot;
import dev.berth.registry.storage.fs.journal.DiskSync;
import dev.berth.registry.storage.fs.read.FileCache;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Stores objects as files of a directory: the key {@code a/b/c} is the file {@code a/b/c} in it. So a directory written
 * by Docker's registry can be served as it is, and the other way round.
 *
 * <p><b>The directory belongs to one process.</b> A second store is refused, in this process or another one, while this
 * one is open; other programs may read it. Their changes are seen too, but without guarantees.
 *
 * <p><b>The disk</b> must be case-sensitive, and the directory with all that is in it must be on one file system.
 * Everything that is acknowledged has been synced to it, in a journal that is written before the files are changed. On a disk that stores the times of
 * files in whole seconds only, they run ahead of the clock under load, since they distinguish versions.
 *
 * <p><b>What is not an object</b> is left alone, and listings do not show it: files whose name begins with a dot
 * ({@code .berth-lock}, {@code .berth-tmp}, {@code .berth-journal},
 * {@code .berth-uploads} and {@code .berth-reserve} are the store's own) or cannot be a segment of a key. The directory
 * itself may be given as a symbolic link. Within it, a link is not followed to an object: it counts as absent, though a
 * listing may name it. Whether a directory on the path of an object is a link is not checked, which would slow down
 * each access; only a user with write access to the directory could create one. A directory in the place of a file
 * counts as absent, too. The next write of that object deletes it if it is empty, and otherwise moves it to a name
 * beside it that begins with a dot and contains {@code .foreign-}; the log says so.
 *
 * <p><b>Listings</b> cost one read of the names in a directory, and less for the following pages: the names of large
 * directories are cached, in at most 16 MiB. An empty directory of another program, or of a crash, is shown as a group, and so is
 * one that has had an object of {@link #putTransient}, until the store is closed.
 *
 * <p><b>Small objects</b> of at most 16 KiB, and the attributes of others, are kept in memory, see
 * {@link FileStorageOptions.Builder#cacheBytes}. What this store has changed is seen by every read that begins after the
 * change has returned. What another program changes is seen by the next read as well, but for an object that is read
 * very often only after 10 milliseconds.
 *
 * <p><b>A full disk</b> is served for reading, also when the store is opened on it. Deletions need room for what they
 * record, {@link #putForDeletion}: a reserve of up to 64 files of 4 KiB, at most a 64th of the disk, is kept for them
 * and filled again when there is room. Everything else throws a {@link dev.berth.registry.storage.StorageFullException}
 * until then.
 *
 * <p><b>Permissions.</b> New files are for the user of the process only, see
 * {@link FileStorageOptions.Builder#sharedFiles}.
 *
 * <p><b>After a crash</b>, temporary files of unfinished writes are deleted when the directory is opened again. The
 * bytes of an append that had not returned stay in their upload until it ends. After a crash of the system, opening makes
 * what the journal says, and ends all uploads; nothing else may use the directory before. After {@link #close} there is no
 * journal, and all files are synced.
 *
 * <p>Thread-safe. Blocking; never does I/O in a {@code synchronized} block, so that it is suitable for virtual threads.
 * A thread of its own syncs files when the journal has grown by 32 MiB.
 *
 * @since 0.1
 */
public final class FileObjectStore implements ObjectStore {
    private static final String TEMP = ".berth-tmp";
    private static final String RESERVE = ".berth-reserve";
    private static final String JOURNAL = ".berth-journal";
    private static final String UPLOADS = ".berth-uploads";

    /** How many names of a directory are read at once at least, and how many characters these may have. */
    private static final int NAMES = 100_000;

    private static final long NAME_CHARS = 8 * 1024 * 1024;

    /** The size from which the files that the journal is about are synced in the background. */
    private static final long SEGMENT_BYTES = 32 * 1024 * 1024;

    private static final long KEPT_NAME_BYTES = 16 * 1024 * 1024;

    private final String epoch = Boot.id();
    private final Path root;
    private final Ownership ownership;
    private final Reserve reserve;
    private final LifecycleLock lifecycle;
    private final KeyPaths paths;
    private final DiskFull disk;
    private final TempFiles temps;
    private final ObjectWriter writer;
    private final Directories directories;
    private final ObjectRemover remover;
    private final DirectoryLister lister;
    private final FileCache cache;
    private final FileUploads uploads;
    private final JournalFiles journal;
    private final Durability durability;
    private final DeletionWriter deletionWriter;
    private final UploadsOfBoot uploadsOfBoot;

    private FileObjectStore(
            Path root,
            Ownership ownership,
            Reserve reserve,
            FileStorageOptions options,
            JournalFiles journal,
            UploadsOfBoot uploadsOfBoot,
            FileModes modes,
            DiskTraits traits,
            InstantSource clock,
            DiskSync sync) {
        this.root = root;
        this.ownership = ownership;
        this.reserve = reserve;
        this.journal = journal;
        this.uploadsOfBoot = uploadsOfBoot;
        this.lifecycle = new LifecycleLock(root.toString(), ownership);
        this.paths = new KeyPaths(root);
        this.disk = new DiskFull(root);
        DirectoryReader reader = new DirectoryReader(traits, NAMES, NAME_CHARS);
        NameCache names = new NameCache(reader, clock, KEPT_NAME_BYTES);
        VersionClock versions = new VersionClock(clock, traits);
        this.temps = new TempFiles(root.resolve(TEMP), versions, modes);
        KeyLocks locks = new KeyLocks();
        this.directories = new Directories(root, names, modes);
        this.durability = new Durability(root, journal, journal.checkpoint(), locks);
        this.writer = new ObjectWriter(root, temps, directories, names, versions, sync, modes);
        this.deletionWriter = new DeletionWriter(writer, durability, reserve);
        this.remover = new ObjectRemover(root, directories, durability, names, versions);
        this.lister = new DirectoryLister(paths, names);
        this.cache = new FileCache(paths::of, names.changes(), options.cacheBytes());
        StagedFiles staged = new StagedFiles(root.resolve(UPLOADS), uploadsOfBoot, sync, modes);
        this.uploads = new FileUploads(
                paths, staged, writer, directories, durability, locks, versions, lifecycle, disk, new EarlySync(sync));
    }

    /**
     * Opens the store in a directory with the default options.
     *
     * @see #open(Path, FileStorageOptions)
     */
    public static FileObjectStore open(Path root) throws IOException {
        return open(root, FileStorageOptions.defaults());
    }

    /**
     * Opens the store in a directory, which is created if it does not exist. Deletes temporary files that a crash left.
     *
     * @param root a directory of the default file system
     * @throws IOException if it cannot be used. The message is a sentence for the user that names the directory: it
     *     cannot be created or written, it is a file, it is in use by a process, or its disk is not case-sensitive. A
     *     disk that is full or mounted read-only is no reason: what is on it is served
     * @throws IllegalArgumentException if it is not in the default file system
     */
    public static FileObjectStore open(Path root, FileStorageOptions options) throws IOException {
        return open(
                root,
                options,
                InstantSource.system(),
                UnaryOperator.identity(),
                DiskSync.ofPlatform(root),
                SEGMENT_BYTES);
    }

    static FileObjectStore open(
            Path root,
            FileStorageOptions options,
            InstantSource clock,
            UnaryOperator<DiskTraits> traits,
            DiskSync sync,
            long segmentBytes)
            throws IOException {
        if (!root.getFileSystem().equals(FileSystems.getDefault())) {
            throw new IllegalArgumentException("'" + root + "' is not in the default file system");
        }
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new IOException("'" + root + "' is a file: the store needs a directory");
        }
        FileModes modes = FileModes.of(options, root);
        Path directory = modes.makeRoot(root, sync);
        Reserve reserve = new Reserve(directory.resolve(RESERVE), modes);
        Path temp = directory.resolve(TEMP);
        JournalFiles journal = new JournalFiles(
                directory, directory.resolve(JOURNAL), temp.resolve("replayed"), sync, modes, segmentBytes);
        UploadsOfBoot uploads = new UploadsOfBoot(directory.resolve(UPLOADS), sync, modes);
        Ownership ownership = new Ownership(root, directory, temp, reserve, journal, uploads, sync, modes);
        boolean open = false;
        try {
            DiskTraits found = traits.apply(ownership.begin());
            FileObjectStore store = new FileObjectStore(
                    directory, ownership, reserve, options, journal, uploads, modes, found, clock, sync);
            open = true;
            return store;
        } finally {
            if (!open) {
                ownership.release();
            }
        }
    }

    @Override
    public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
        lifecycle.check();
        return cache.stat(key);
    }

    @Override
    public Optional<ObjectContent> open(ObjectKey key, long offset, long length) throws IOException {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("Offset and length must not be negative: " + offset + ", " + length);
        }
        lifecycle.check();
        return cache.open(key, offset, length);
    }

    @Override
    public Optional<ObjectContent> openStored(ObjectKey key) throws IOException {
        lifecycle.check();
        return cache.openStored(key);
    }

    @Override
    public Optional<ObjectVersion> put(ObjectKey key, byte[] content, PutCondition condition) throws IOException {
        return put(key, content, condition, true);
    }

    @Override
    public Optional<ObjectVersion> putTransient(ObjectKey key, byte[] content, PutCondition condition)
            throws IOException {
        // Where nothing tells whether the system has crashed, nothing is lost.
        return put(key, content, condition, epoch.isEmpty());
    }

    /** A directory belongs to one process: {@link #open}. */
    @Override
    public boolean exclusive() {
        return true;
    }

    @Override
    public String transientEpoch() {
        return epoch;
    }

    private Optional<ObjectVersion> put(ObjectKey key, byte[] content, PutCondition condition, boolean durable)
            throws IOException {
        Objects.requireNonNull(condition, "condition");
        requireFits(key, content);
        long stamp = lifecycle.enter();
        try {
            Path object = paths.of(key);
            if (durable && !ObjectWriter.holds(condition, object)) {
                return Optional.empty();
            }
            try (ObjectWriter.Put put = durable
                    ? writer.prepare(object, content, condition)
                    : writer.prepareTransient(object, content, condition)) {
                if (durable) {
                    durability.make(List.of(put));
                } else {
                    // Whoever writes such objects writes the next one soon after the last one is gone.
                    directories.keep(Directories.of(object));
                    durability.makeTransient(put);
                }
                reserve.refill();
                put.keep(key, cache);
                return Optional.ofNullable(put.version());
            }
        } catch (IOException e) {
            throw disk.explain(e, key, content.length);
        } finally {
            lifecycle.leave(stamp);
        }
    }

    static void requireFits(ObjectKey key, byte[] content) {
        if (content.length > MAX_PUT_BYTES) {
            throw new IllegalArgumentException("The content for '" + key + "' has " + content.length
                    + " bytes; more than " + MAX_PUT_BYTES + " need an upload");
        }
    }

    @Override
    public Optional<ObjectVersion> putForDeletion(ObjectKey key, byte[] content, PutCondition condition)
            throws IOException {
        Objects.requireNonNull(condition, "condition");
        long stamp = lifecycle.enter();
        try {
            Path object = paths.of(key);
            return ObjectWriter.holds(condition, object)
                    ? Optional.ofNullable(deletionWriter.put(object, content, condition))
                    : Optional.empty();
        } catch (IOException e) {
            throw disk.explain(e, key, content.length);
        } finally {
            lifecycle.leave(stamp);
        }
    }

    @Override
    public void mark(Collection<ObjectKey> keys) throws IOException {
        apply(ObjectBatch.builder().mark(Set.copyOf(keys)).build());
    }

    @Override
    public void apply(ObjectBatch batch) throws IOException {
        if (batch.changes().isEmpty()) {
            lifecycle.check();
            return;
        }
        BatchChanges.commitOthers(batch, uploads, this);
        long stamp = lifecycle.enter();
        try (BatchChanges changes = new BatchChanges(paths, writer, remover, uploads, cache, disk)) {
            changes.prepare(batch);
            changes.make(durability);
            reserve.refill();
        } catch (IOException e) {
            throw disk.explain(e, batch.changes().get(0).key(), 0);
        } finally {
            lifecycle.leave(stamp);
        }
    }

    @Override
    public void delete(ObjectKey key) throws IOException {
        long stamp = lifecycle.enter();
        try {
            remover.remove(paths.of(key), null);
            reserve.refill();
        } finally {
            lifecycle.leave(stamp);
        }
    }

    @Override
    public boolean deleteIfUnchanged(ObjectKey key, ObjectVersion version) throws IOException {
        Objects.requireNonNull(version, "version");
        long stamp = lifecycle.enter();
        try {
            boolean removed = remover.remove(paths.of(key), version);
            reserve.refill();
            return removed;
        } finally {
            lifecycle.leave(stamp);
        }
    }

    @Override
    public void deleteTree(KeyPrefix prefix) throws IOException {
        long stamp = lifecycle.enter();
        try {
            remover.removeTree(paths.of(prefix));
            uploads.removeTree(prefix);
            reserve.refill();
        } finally {
            lifecycle.leave(stamp);
        }
    }

    @Override
    public ListPage list(ListRequest request) throws IOException {
        lifecycle.check();
        return lister.list(request);
    }

    @Override
    public ObjectUpload startUpload(ObjectKey staging) throws IOException {
        return uploads.start(staging);
    }

    @Override
    public Optional<ObjectUpload> resumeUpload(ObjectKey staging) throws IOException {
        lifecycle.check();
        return uploads.exists(staging) ? Optional.of(new FileUpload(uploads, staging)) : Optional.empty();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Creates and deletes a file. Fails also if the directory was removed or replaced, or its lock was lost.
     */
    @Override
    public void checkHealth() throws IOException {
        long stamp = lifecycle.enter();
        try {
            ownership.check();
            journal.check();
            temps.check();
        } catch (IOException e) {
            throw new IOException("The directory '" + root + "' cannot be used any more: " + Ownership.reason(e), e);
        } finally {
            lifecycle.leave(stamp);
        }
    }

    @Override
    public String identity() {
        return "file:" + root;
    }

    /** Waits for changes in progress, then releases the directory. Appends that wait for bytes will fail. */
    @Override
    public void close() throws IOException {
        if (lifecycle.close()) {
            try {
                directories.pruneKept();
                journal.close();
                uploadsOfBoot.close();
            } finally {
                ownership.release();
            }
        }
    }

    @Override
    public String toString() {
        return "FileObjectStore[" + root + "]";
    }
}

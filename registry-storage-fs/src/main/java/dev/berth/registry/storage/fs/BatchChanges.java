package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import dev.berth.registry.storage.fs.read.FileCache;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The changes of a batch, prepared: those of this store become durable together. */
final class BatchChanges implements AutoCloseable {
    private final KeyPaths paths;
    private final ObjectWriter writer;
    private final ObjectRemover remover;
    private final FileUploads uploads;
    private final FileCache cache;
    private final DiskFull disk;
    private final List<Change> changes = new ArrayList<>();
    private final Map<ObjectKey, ObjectWriter.Put> puts = new HashMap<>();

    BatchChanges(
            KeyPaths paths,
            ObjectWriter writer,
            ObjectRemover remover,
            FileUploads uploads,
            FileCache cache,
            DiskFull disk) {
        this.paths = paths;
        this.writer = writer;
        this.remover = remover;
        this.uploads = uploads;
        this.cache = cache;
        this.disk = disk;
    }

    /** Commits uploads that are not of this store, which nothing can be done with but that. */
    static void commitOthers(ObjectBatch batch, FileUploads uploads, ObjectStore store) throws IOException {
        for (ObjectBatch.Change change : batch.changes()) {
            if (change instanceof ObjectBatch.Commit commit && !isOwn(commit, uploads)) {
                change.make(store);
            }
        }
    }

    private static boolean isOwn(ObjectBatch.Commit commit, FileUploads uploads) {
        return commit.upload() instanceof FileUpload upload && upload.isOf(uploads);
    }

    /** Prepares all changes but those. */
    void prepare(ObjectBatch batch) throws IOException {
        for (ObjectBatch.Change change : batch.changes()) {
            if (change instanceof ObjectBatch.Put put) {
                add(put);
            } else if (change instanceof ObjectBatch.Mark mark) {
                changes.add(writer.prepareMark(paths.of(mark.key())));
            } else if (change instanceof ObjectBatch.Delete delete) {
                changes.add(remover.prepare(paths.of(delete.key())));
            } else if (change instanceof ObjectBatch.Commit commit && isOwn(commit, uploads)) {
                FileUpload upload = (FileUpload) commit.upload();
                changes.add(uploads.prepare(upload.staging(), commit.key(), commit.size()));
            }
        }
    }

    private void add(ObjectBatch.Put put) throws IOException {
        FileObjectStore.requireFits(put.key(), put.content());
        try {
            ObjectWriter.Put prepared = writer.prepare(paths.of(put.key()), put.content(), PutCondition.always());
            changes.add(prepared);
            puts.put(put.key(), prepared);
        } catch (IOException e) {
            throw disk.explain(e, put.key(), put.content().length);
        }
    }

    void make(Durability durability) throws IOException {
        durability.make(changes);
        puts.forEach((key, put) -> put.keep(key, cache));
    }

    @Override
    public void close() throws IOException {
        for (Change change : changes) {
            change.close();
        }
    }
}

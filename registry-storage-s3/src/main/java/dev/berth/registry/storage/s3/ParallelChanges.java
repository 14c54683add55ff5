package dev.berth.registry.storage.s3;

import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/** Changes of several objects at the same time, so that they take as long as the slowest of them. */
final class ParallelChanges {
    private final ObjectStore store;
    private final Bucket bucket;
    private final RequestThreads threads;

    ParallelChanges(ObjectStore store, Bucket bucket, RequestThreads threads) {
        this.store = store;
        this.bucket = bucket;
        this.threads = threads;
    }

    void mark(Collection<ObjectKey> keys) throws IOException {
        List<RequestThreads.Task<Boolean>> marks = new LinkedHashSet<>(keys)
                .stream()
                        .<RequestThreads.Task<Boolean>>map(key -> () ->
                                bucket.putIfAbsent(key.value(), new byte[0]).isPresent())
                        .toList();
        threads.all(marks);
    }

    void apply(ObjectBatch batch) throws IOException {
        List<RequestThreads.Task<Boolean>> tasks = new ArrayList<>();
        List<String> deleted = new ArrayList<>();
        for (ObjectBatch.Change change : batch.changes()) {
            if (change instanceof ObjectBatch.Delete deletion) {
                deleted.add(deletion.key().value());
            } else {
                tasks.add(() -> {
                    change.make(store);
                    return true;
                });
            }
        }
        if (!deleted.isEmpty()) {
            tasks.add(() -> delete(deleted));
        }
        threads.all(tasks);
    }

    private boolean delete(List<String> names) throws IOException {
        if (names.size() == 1) {
            bucket.delete(names.get(0));
        } else {
            bucket.deleteAll(names);
        }
        return true;
    }
}

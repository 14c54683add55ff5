package dev.berth.registry.console.catalog;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.SortableName;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The records in the store, an object for each repository. Where nothing may be written, new ones stay in memory. */
final class RecordStore {
    private final ObjectStore store;
    private final KeyPrefix prefix;
    private final Optional<UnwrittenRecords> unwritten;

    /** A record and the version that was read; no version if there is none. */
    record Stored(RepositoryRecord repository, boolean known, Optional<ObjectVersion> version) {}

    private RecordStore(ObjectStore store, KeyPrefix prefix, Optional<UnwrittenRecords> unwritten) {
        this.store = store;
        this.prefix = prefix;
        this.unwritten = unwritten;
    }

    static RecordStore of(ObjectStore store, KeyPrefix prefix) {
        return new RecordStore(store, prefix, Optional.empty());
    }

    /** Returns those of a store in which nothing may be written. */
    static RecordStore readOnly(ObjectStore store, KeyPrefix prefix) {
        return new RecordStore(store, prefix, Optional.of(new UnwrittenRecords()));
    }

    /** Reads a record; an empty one, which is not known, if there is none that can be read. */
    Stored read(RepositoryName name) throws IOException {
        Optional<ObjectContent> found = store.open(key(name), 0, ObjectStore.MAX_PUT_BYTES);
        if (found.isEmpty()) {
            Optional<RepositoryRecord> kept = unwritten.flatMap(records -> records.find(name));
            return new Stored(kept.orElseGet(() -> RepositoryRecord.empty(name)), kept.isPresent(), Optional.empty());
        }
        try (ObjectContent content = found.get()) {
            Optional<RepositoryRecord> record =
                    RecordJson.read(name, content.stream().readAllBytes());
            return new Stored(
                    record.orElseGet(() -> RepositoryRecord.empty(name)),
                    record.isPresent(),
                    Optional.of(content.stat().version()));
        }
    }

    /** Writes a record if nobody has since it was read, and returns whether. One without tags is deleted. */
    boolean write(RepositoryRecord repository, Optional<ObjectVersion> version) throws IOException {
        if (unwritten.isPresent()) {
            unwritten.get().put(repository);
            return true;
        }
        if (repository.tags().isEmpty()) {
            return version.isEmpty() || store.deleteIfUnchanged(key(repository.name()), version.get());
        }
        PutCondition condition = version.map(PutCondition::ifUnchanged).orElseGet(PutCondition::ifAbsent);
        return store.put(key(repository.name()), RecordJson.write(repository), condition)
                .isPresent();
    }

    /** Returns the names of repositories that have a record, after one of them, and in the order of names. */
    List<RepositoryName> namesAfter(Optional<RepositoryName> last, int most) throws IOException {
        ListRequest request = ListRequest.tree(prefix).limit(most);
        if (last.isPresent()) {
            request = request.after(key(last.get()).value());
        }
        ListPage page = store.list(request);
        return page.names().stream()
                .flatMap(name ->
                        SortableName.decode(name.substring(prefix.value().length())).stream())
                .toList();
    }

    private ObjectKey key(RepositoryName name) {
        return prefix.key(SortableName.encode(name));
    }
}

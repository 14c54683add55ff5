package dev.berth.registry.quota;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PrefixedObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The objects of the quotas: lines of text, changed conditionally. An empty object is one that was removed. */
final class QuotaStore {
    private static final KeyPrefix PREFIX = KeyPrefix.of("_berth/quota/");

    private final ObjectStore store;

    QuotaStore(ObjectStore store) {
        this.store = PrefixedObjectStore.of(store, PREFIX);
    }

    /**
     * An object as it was read.
     *
     * @param lines its lines; none if there is no such object
     * @param version its version; empty if there is no such object
     */
    record Saved(List<String> lines, Optional<ObjectVersion> version) {
        static final Saved NONE = new Saved(List.of(), Optional.empty());
    }

    Saved read(ObjectKey key) throws IOException {
        Optional<ObjectContent> found = store.open(key);
        if (found.isEmpty()) {
            return Saved.NONE;
        }
        try (ObjectContent content = found.get()) {
            String text = new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
            return new Saved(text.lines().toList(), Optional.of(content.stat().version()));
        }
    }

    Optional<ObjectVersion> version(ObjectKey key) throws IOException {
        return store.stat(key).map(ObjectStat::version);
    }

    /** Writes an object if it has not changed since it had this version, and returns the new one if so. */
    Optional<ObjectVersion> replace(ObjectKey key, Optional<ObjectVersion> was, String text) throws IOException {
        return store.put(key, bytes(text), condition(was));
    }

    /** As {@link #replace}, for a few lines that must fit when nothing else does. */
    Optional<ObjectVersion> replaceForDeletion(ObjectKey key, Optional<ObjectVersion> was, String text)
            throws IOException {
        return store.putForDeletion(key, bytes(text), condition(was));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static PutCondition condition(Optional<ObjectVersion> was) {
        return was.map(PutCondition::ifUnchanged).orElseGet(PutCondition::ifAbsent);
    }

    boolean remove(ObjectKey key, ObjectVersion version) throws IOException {
        return store.deleteIfUnchanged(key, version);
    }

    /** Returns the keys directly below a prefix. Only for prefixes with few. */
    List<ObjectKey> list(KeyPrefix prefix) throws IOException {
        List<ObjectKey> keys = new ArrayList<>();
        ListRequest request = ListRequest.tree(prefix);
        while (true) {
            ListPage page = store.list(request);
            page.names().forEach(name -> keys.add(ObjectKey.of(name)));
            if (page.last()) {
                return keys;
            }
            request = request.after(page.names().get(page.names().size() - 1));
        }
    }

    boolean exclusive() {
        return store.exclusive();
    }
}

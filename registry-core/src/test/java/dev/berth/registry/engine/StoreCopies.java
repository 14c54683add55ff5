package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** Copies of stores, and what is in them. */
public final class StoreCopies {
    private static final Pattern RANDOM =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private StoreCopies() {}

    /** Returns a new store with the objects of another one whose keys begin with this. */
    public static ObjectStore copy(ObjectStore store, String prefix) throws IOException {
        ObjectStore copy = MemoryObjectStore.create();
        for (String key : keys(store, prefix)) {
            try (ObjectContent content = store.open(ObjectKey.of(key)).orElseThrow()) {
                copy.put(ObjectKey.of(key), content.stream().readAllBytes(), PutCondition.always());
            }
        }
        return copy;
    }

    /** Returns a new store with the facts and nothing else: not the index. */
    static ObjectStore facts(ObjectStore store) throws IOException {
        return copy(store, "docker/");
    }

    /** Returns all keys that begin with this. */
    static List<String> keys(ObjectStore store, String prefix) throws IOException {
        List<String> keys = new ArrayList<>();
        ListRequest request = ListRequest.tree(KeyPrefix.of(prefix));
        while (true) {
            ListPage page = store.list(request);
            keys.addAll(page.names());
            if (page.last()) {
                return keys;
            }
            request = request.after(keys.get(keys.size() - 1));
        }
    }

    /**
     * Returns a digest of all keys and what is stored under them: stores that hold the same have the same. What is random in a key
     * counts as the same everywhere.
     */
    static Digest digest(ObjectStore store) {
        try {
            List<String> objects = new ArrayList<>();
            for (String key : keys(store, "")) {
                try (ObjectContent content = store.open(ObjectKey.of(key)).orElseThrow()) {
                    String name = RANDOM.matcher(key).replaceAll("#");
                    byte[] bytes = content.stream().readAllBytes();
                    objects.add(name + "\n" + new String(bytes, StandardCharsets.ISO_8859_1));
                }
            }
            Collections.sort(objects);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            DataOutputStream output = new DataOutputStream(all);
            for (String object : objects) {
                byte[] bytes = object.getBytes(StandardCharsets.UTF_8);
                output.writeInt(bytes.length);
                output.write(bytes);
            }
            return Digest.sha256(all.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PrefixedObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** A view below a prefix of a directory keeps every promise of a store. */
@Tag("any-jdk")
class PrefixedFileObjectStoreTest extends FileObjectStoreTest {
    private static final KeyPrefix PREFIX = KeyPrefix.of("v/");

    private final Map<ObjectStore, ObjectStore> viewed = new HashMap<>();
    private final List<ObjectStore> stores = new ArrayList<>();

    @Override
    ObjectStore open(Path root) throws IOException {
        ObjectStore store = FileObjectStore.open(root);
        stores.add(store);
        ObjectStore view = PrefixedObjectStore.of(store, PREFIX);
        viewed.put(view, store);
        return view;
    }

    @Override
    protected ObjectStore reopen(ObjectStore view) throws IOException {
        return super.reopen(viewed.get(view));
    }

    @AfterEach
    void closeStores() throws IOException {
        for (ObjectStore store : stores) {
            store.close();
        }
    }

    @Override
    protected int longestKeyBytes() {
        return ObjectKey.MAX_BYTES - PREFIX.value().length();
    }

    @Override
    protected int manyKeys() {
        return 1_000;
    }

    @Override
    protected int racers() {
        return 4;
    }

    @Override
    protected int rounds() {
        return 5;
    }
}

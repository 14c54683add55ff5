package dev.berth.registry.internal.objects;

import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import java.util.ArrayList;
import java.util.List;

/** Lists the keys of objects. Thread-safe. */
public final class StoredNames {
    private final ObjectStore store;

    /** Lists the keys of this store. */
    public StoredNames(ObjectStore store) {
        this.store = store;
    }

    /**
     * Some keys.
     *
     * @param last whether no others follow; if they do, there is at least one here
     */
    public record Page(List<ObjectKey> names, boolean last) {}

    /** Returns up to so many keys below a prefix that come after one. */
    public Page after(String prefix, String after, int limit) {
        ListPage page = StoreCalls.call(
                "list accounts",
                () -> store.list(ListRequest.builder(KeyPrefix.of(prefix))
                        .after(after)
                        .limit(Math.min(limit, ListRequest.DEFAULT_LIMIT))
                        .build()));
        return new Page(page.names().stream().map(ObjectKey::of).toList(), page.last());
    }

    /** Returns up to so many keys below a prefix. */
    public List<ObjectKey> below(String prefix, int limit) {
        List<ObjectKey> names = new ArrayList<>();
        Page page = after(prefix, "", limit);
        names.addAll(page.names());
        while (!page.last() && names.size() < limit) {
            page = after(prefix, names.get(names.size() - 1).value(), limit - names.size());
            names.addAll(page.names());
        }
        return names;
    }
}

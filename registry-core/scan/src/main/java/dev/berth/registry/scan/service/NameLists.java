package dev.berth.registry.scan.service;

import dev.berth.registry.Digest;
import dev.berth.registry.internal.eventlog.WholeObject;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.SortableName;
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Lists of names, one for each image, in an object store. A list that says something else is another object. Thread-safe.
 *
 * <p>All fail with a {@link dev.berth.registry.RegistryException} if the store does.
 */
final class NameLists {
    private final ObjectStore store;
    private final KeyPrefix prefix;
    private final String what;

    /** @param what what the lists say, in words that follow a verb */
    NameLists(ObjectStore store, KeyPrefix prefix, String what) {
        this.store = store;
        this.prefix = prefix;
        this.what = what;
    }

    /** Keeps the list of an image, unless it is kept already. */
    void put(ImageKey image, FoundNames names) {
        StoreCalls.act(
                "keep " + what + " " + image,
                () -> store.put(key(image, names.hash()), names.toBytes(), PutCondition.ifAbsent()));
    }

    /** Removes lists of earlier scans. */
    void drop(List<String> lists) {
        StoreCalls.act("drop " + what + " an image earlier", () -> {
            for (String list : lists) {
                store.delete(ObjectKey.of(list));
            }
        });
    }

    /** Returns the objects with lists of an image. */
    List<String> of(ImageKey image) {
        return StoreCalls.call("look up " + what + " " + image, () -> listsOf(image));
    }

    private List<String> listsOf(ImageKey image) throws IOException {
        List<String> lists = new ArrayList<>();
        String leaf = Keys.leaf(image.digest()) + ".";
        KeyPrefix level = ScanStore.below(prefix, image.repository());
        ListRequest request = ListRequest.tree(level).after(level.value() + leaf);
        while (true) {
            ListPage page = store.list(request.limit(10));
            for (String name : page.names()) {
                if (!name.startsWith(level.value() + leaf)) {
                    return lists;
                }
                lists.add(name);
            }
            if (page.last() || page.names().isEmpty()) {
                return lists;
            }
            request = request.after(page.names().get(page.names().size() - 1));
        }
    }

    /** Returns the object of a list. */
    String name(ImageKey image, String hash) {
        return key(image, hash).value();
    }

    private ObjectKey key(ImageKey image, String hash) {
        return ScanStore.below(prefix, image.repository()).key(Keys.leaf(image.digest()) + "." + hash);
    }

    /** Calls with every object that is a list, in their order. */
    void all(Consumer<String> action) {
        ScanStore.list(store, ListRequest.tree(prefix), action);
    }

    /** Returns the image of such an object. */
    Optional<ImageKey> imageOf(String list) {
        String name = list.substring(prefix.value().length());
        int slash = name.indexOf('/');
        int dot = name.lastIndexOf('.');
        if (slash < 0 || dot < slash) {
            return Optional.empty();
        }
        Optional<Digest> digest = ScanStore.digest(name.substring(slash + 1, dot));
        return SortableName.decode(name.substring(0, slash))
                .flatMap(repository -> digest.map(image -> new ImageKey(repository, image)));
    }

    /** Reads a list. */
    Optional<FoundNames> read(String list) {
        return StoreCalls.call(
                "read " + what + " an image",
                () -> WholeObject.open(store, ObjectKey.of(list)).map(object -> FoundNames.parse(object.content())));
    }

    /** Reads the list of an image, or one of them while it is replaced. */
    Optional<FoundNames> read(ImageKey image) {
        return of(image).stream().flatMap(list -> read(list).stream()).findFirst();
    }
}

package dev.berth.registry.internal.store;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Iterates over names in the store, a page at a time, and decodes them. Names that cannot be decoded are skipped. */
public final class StoredNames<T> implements Iterator<T> {
    private final ObjectStore store;
    private final String what;
    private final Function<String, Optional<T>> decode;
    private ListRequest request;
    private Iterator<String> page = Collections.emptyIterator();
    private boolean lastPage;
    private @Nullable T next;

    private StoredNames(ObjectStore store, String what, ListRequest request, Function<String, Optional<T>> decode) {
        this.store = store;
        this.what = what;
        this.request = request;
        this.decode = decode;
    }

    /**
     * Iterates over the names directly below a prefix.
     *
     * @param what what is being done, as the continuation of "The registry could not …"
     * @param after the last segment of the name after which to begin
     * @param wanted how many will be read at most, if known
     * @param decode decodes the last segment of a name; the segment of a group ends in a slash
     */
    public static <T> StoredNames<T> level(
            ObjectStore store,
            String what,
            KeyPrefix prefix,
            Optional<String> after,
            OptionalLong wanted,
            Function<String, Optional<T>> decode) {
        ListRequest request = ListRequest.level(prefix).limit(pageSize(wanted));
        return new StoredNames<>(
                store,
                what,
                after.map(name -> request.after(prefix + name)).orElse(request),
                name -> decode.apply(name.substring(prefix.value().length())));
    }

    /** Iterates over all keys below a prefix. {@code decode} gets the whole key. */
    public static <T> StoredNames<T> tree(
            ObjectStore store,
            String what,
            KeyPrefix prefix,
            OptionalLong wanted,
            Function<String, Optional<T>> decode) {
        return new StoredNames<>(store, what, ListRequest.tree(prefix).limit(pageSize(wanted)), decode);
    }

    /** Iterates over all keys below a prefix, of which all will be read. */
    public static StoredNames<ObjectKey> keys(ObjectStore store, String what, KeyPrefix prefix) {
        return tree(store, what, prefix, OptionalLong.empty(), key -> Optional.of(ObjectKey.of(key)));
    }

    /** As the other method, for the keys behind one, of which all will be read. */
    public static <T> StoredNames<T> tree(
            ObjectStore store,
            String what,
            KeyPrefix prefix,
            Optional<String> after,
            Function<String, Optional<T>> decode) {
        return new StoredNames<>(store, what, ListRequest.tree(prefix).after(after.orElse("")), decode);
    }

    private static int pageSize(OptionalLong wanted) {
        return (int) Math.max(1, Math.min(ListRequest.DEFAULT_LIMIT, wanted.orElse(ListRequest.DEFAULT_LIMIT)));
    }

    @Override
    public boolean hasNext() {
        while (next == null) {
            if (page.hasNext()) {
                next = decode.apply(page.next()).orElse(null);
            } else if (lastPage) {
                return false;
            } else {
                fetch();
            }
        }
        return true;
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        T result = next;
        next = null;
        if (result == null) {
            throw new NoSuchElementException();
        }
        return result;
    }

    private void fetch() {
        try {
            ListPage fetched = store.list(request);
            page = fetched.names().iterator();
            lastPage = fetched.last();
            if (!lastPage) {
                request = request.after(fetched.names().get(fetched.names().size() - 1));
            }
        } catch (IOException e) {
            throw StoreCalls.translate(what, e);
        }
    }
}

package dev.berth.registry.account.store;

import dev.berth.registry.storage.ForwardingObjectStore;
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
import java.util.concurrent.CopyOnWriteArrayList;

/** A store that records its calls, and fails from one of them on, if a test says so. */
final class WatchedStore extends ForwardingObjectStore {
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile int failFrom = Integer.MAX_VALUE;
    private volatile boolean doneBeforeFailing;
    private volatile boolean leavingEmptyObjects;

    WatchedStore(ObjectStore store) {
        super(store);
    }

    /** Forgets the calls so far, and lets all after the next few fail. */
    void failAfter(int calls) {
        reset();
        failFrom = calls;
    }

    /** As {@link #failAfter}, but the first call that fails has its effect all the same. */
    void failAfterDoing(int calls) {
        failAfter(calls);
        doneBeforeFailing = true;
    }

    /** Replaces objects with empty ones from now on, as a store does that cannot delete on a condition. */
    void leaveEmptyObjects() {
        leavingEmptyObjects = true;
    }

    /** Forgets the calls so far, and works. */
    void reset() {
        calls.clear();
        failFrom = Integer.MAX_VALUE;
        doneBeforeFailing = false;
    }

    List<String> calls() {
        return List.copyOf(calls);
    }

    private interface Call<T> {
        T run() throws IOException;
    }

    private <T> T watched(String call, Call<T> action) throws IOException {
        int number = calls.size();
        calls.add(call);
        if (number < failFrom) {
            return action.run();
        }
        if (number == failFrom && doneBeforeFailing) {
            action.run();
        }
        throw new IOException("The store is broken, says the test");
    }

    @Override
    public Optional<ObjectContent> open(ObjectKey key, long offset, long length) throws IOException {
        return watched("open " + key, () -> delegate().open(key, offset, length));
    }

    @Override
    public Optional<ObjectVersion> put(ObjectKey key, byte[] content, PutCondition condition) throws IOException {
        return watched("put " + key, () -> delegate().put(key, content, condition));
    }

    @Override
    public void delete(ObjectKey key) throws IOException {
        watched("delete " + key, () -> {
            delegate().delete(key);
            return true;
        });
    }

    @Override
    public boolean deleteIfUnchanged(ObjectKey key, ObjectVersion version) throws IOException {
        return watched(
                "delete " + key,
                () -> leavingEmptyObjects
                        ? delegate()
                                .put(key, new byte[0], PutCondition.ifUnchanged(version))
                                .isPresent()
                        : delegate().deleteIfUnchanged(key, version));
    }

    @Override
    public ListPage list(ListRequest request) throws IOException {
        return watched("list " + request.prefix(), () -> delegate().list(request));
    }
}

package dev.berth.registry.webhook;

import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/**
 * A store as one node sees it: shared with others. It counts calls, and the node can die, be held up, or fail at any of
 * them.
 */
final class NodeStore extends ForwardingObjectStore {
    /** The node is gone: nobody catches this. */
    static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    final Map<String, Integer> calls = new TreeMap<>();
    private int number;
    private int dieAt = Integer.MAX_VALUE;
    private boolean dieAfter;
    private int holdAt = Integer.MAX_VALUE;
    private boolean holdAfter;
    private boolean dead;
    private boolean failing;
    private int failEvery;
    final Semaphore held = new Semaphore(0);
    final Semaphore goOn = new Semaphore(0);

    NodeStore(ObjectStore store) {
        super(store);
    }

    /** Lets the node die at its nth call from now, before or after the call takes effect. */
    void dieAt(int n, boolean after) {
        dieAt = number + n;
        dieAfter = after;
    }

    void die() {
        dead = true;
    }

    boolean isDead() {
        return dead;
    }

    /** Holds the node up at its nth call from now, until {@link #goOn}. */
    void holdAt(int n, boolean after) {
        holdAt = number + n;
        holdAfter = after;
    }

    void fail(boolean newFailing) {
        failing = newFailing;
    }

    void failEvery(int n) {
        failEvery = n;
    }

    int number() {
        return number;
    }

    int count(String name) {
        return calls.getOrDefault(name, 0);
    }

    private interface Call<T> {
        T make() throws IOException;
    }

    private <T> T call(String name, Call<T> call) throws IOException {
        if (dead) {
            throw new Died();
        }
        number++;
        calls.merge(name, 1, Integer::sum);
        if (failing || failEvery > 0 && number % failEvery == 0) {
            throw new IOException("The store fails");
        }
        int mine = number;
        if (mine == dieAt && !dieAfter) {
            dead = true;
            throw new Died();
        }
        if (mine == holdAt && !holdAfter) {
            hold();
        }
        T result = call.make();
        if (mine == dieAt && dieAfter) {
            dead = true;
            throw new Died();
        }
        if (mine == holdAt && holdAfter) {
            hold();
        }
        return result;
    }

    private void hold() {
        held.release();
        goOn.acquireUninterruptibly();
        if (dead) {
            throw new Died();
        }
    }

    @Override
    public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
        return call("stat", () -> delegate().stat(key));
    }

    @Override
    public Optional<ObjectContent> open(ObjectKey key, long offset, long length) throws IOException {
        return call("open", () -> delegate().open(key, offset, length));
    }

    @Override
    public Optional<ObjectVersion> put(ObjectKey key, byte[] content, PutCondition condition) throws IOException {
        return call("put", () -> delegate().put(key, content, condition));
    }

    @Override
    public void delete(ObjectKey key) throws IOException {
        call("delete", () -> {
            delegate().delete(key);
            return "";
        });
    }

    @Override
    public boolean deleteIfUnchanged(ObjectKey key, ObjectVersion version) throws IOException {
        return call("deleteIfUnchanged", () -> delegate().deleteIfUnchanged(key, version));
    }

    @Override
    public ListPage list(ListRequest request) throws IOException {
        return call("list", () -> delegate().list(request));
    }

    @Override
    public void deleteTree(KeyPrefix prefix) throws IOException {
        call("deleteTree", () -> {
            delegate().deleteTree(prefix);
            return "";
        });
    }

    /** One after the other, so that a death leaves some. */
    @Override
    public void apply(ObjectBatch batch) throws IOException {
        for (ObjectBatch.Change change : batch.changes()) {
            change.make(this);
        }
    }

    @Override
    public boolean exclusive() {
        return false;
    }
}

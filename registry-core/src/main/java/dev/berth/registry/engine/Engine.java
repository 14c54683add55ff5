package dev.berth.registry.engine;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;

/** What the parts of one {@link StorageRegistry} share. */
final class Engine {
    final ObjectStore store;
    final StorageOptions options;
    final Links links;
    final BlobData data;
    final LinkedReading linked;
    final Revisions revisions;
    final LayoutScan layout;
    final Intents intents;
    final Index index;
    final IndexState indexState;
    final Repairs repairs;
    final UploadRecords uploadRecords;
    final RunningHashes runningHashes;

    private final ReentrantLock starting = new ReentrantLock();
    private volatile boolean started;
    private volatile boolean closed;

    Engine(ObjectStore store, StorageOptions options) {
        InstantSource clock = options.clock();
        this.store = store;
        this.options = options;
        this.links = new Links(store);
        this.data = new BlobData(store, new Condemned(store, clock));
        this.linked = new LinkedReading(store, links);
        this.revisions = new Revisions(store, links, data);
        this.layout = new LayoutScan(store);
        this.intents = new Intents(store, clock);
        this.index = new Index(store, links, revisions, intents);
        this.indexState = new IndexState(store, layout, clock);
        this.repairs = new Repairs(store, revisions, index, clock);
        this.uploadRecords = new UploadRecords(store);
        this.runningHashes = new RunningHashes();
    }

    /**
     * Runs something that a caller asked for; before the first time, finishes what an earlier process may have left half
     * done.
     */
    <T> T call(String what, StoreCalls.Call<T> call) {
        requireOpen(what);
        return StoreCalls.call(what, () -> {
            if (!started) {
                start();
            }
            return call.run();
        });
    }

    private void requireOpen(String what) {
        if (closed) {
            throw RegistryException.of(
                    ErrorCode.UNAVAILABLE, "The registry could not " + what + ": it has been closed");
        }
    }

    /** Asks the store for a sign of life. Starts nothing: a repair that takes long is no sign of illness. */
    void checkHealth() {
        requireOpen("check its storage");
        StoreCalls.call("check its storage", () -> store.stat(Keys.INDEX_FORMAT));
    }

    /** Refuses all calls from now on. What is under way comes to its end. */
    void close() {
        closed = true;
    }

    private void start() throws IOException {
        starting.lock();
        try {
            if (!started) {
                indexState.complete();
                repairs.replay();
                started = true;
            }
        } finally {
            starting.unlock();
        }
    }
}

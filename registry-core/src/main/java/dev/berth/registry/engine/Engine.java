package dev.berth.registry.engine;

import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.store.BlobData;
import dev.berth.registry.internal.store.Condemned;
import dev.berth.registry.internal.store.IncrementalDigests;
import dev.berth.registry.internal.store.Index;
import dev.berth.registry.internal.store.IndexState;
import dev.berth.registry.internal.store.LayoutScan;
import dev.berth.registry.internal.store.LinkedRead;
import dev.berth.registry.internal.store.Links;
import dev.berth.registry.internal.store.RepairJournal;
import dev.berth.registry.internal.store.RepairReplay;
import dev.berth.registry.internal.store.Revisions;
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.internal.store.UploadRecords;
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
    final LinkedRead linked;
    final Revisions revisions;
    final LayoutScan layout;
    final RepairJournal intents;
    final Index index;
    final IndexState indexState;
    final RepairReplay repairs;
    final UploadRecords uploadRecords;
    final IncrementalDigests runningHashes;

    private final ReentrantLock starting = new ReentrantLock();
    private volatile boolean started;
    private volatile boolean closed;

    Engine(ObjectStore store, StorageOptions options) {
        InstantSource clock = options.clock();
        this.store = store;
        this.options = options;
        this.links = new Links(store);
        this.data = new BlobData(store, new Condemned(store, clock));
        this.linked = new LinkedRead(store, links);
        this.revisions = new Revisions(store, links, data);
        this.layout = new LayoutScan(store);
        this.intents = new RepairJournal(store, clock);
        this.index = new Index(store, links, revisions, intents);
        this.indexState = new IndexState(store, layout, clock);
        this.repairs = new RepairReplay(store, revisions, index, clock);
        this.uploadRecords = new UploadRecords(store);
        this.runningHashes = new IncrementalDigests();
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
        StoreCalls.act("check its storage", store::checkHealth);
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

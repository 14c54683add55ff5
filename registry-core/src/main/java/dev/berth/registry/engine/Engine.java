package dev.berth.registry.engine;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.budget.MemoryBudget;
import dev.berth.registry.internal.hash.IncrementalDigests;
import dev.berth.registry.internal.store.BlobData;
import dev.berth.registry.internal.store.Candidates;
import dev.berth.registry.internal.store.Holds;
import dev.berth.registry.internal.store.Index;
import dev.berth.registry.internal.store.IndexState;
import dev.berth.registry.internal.store.LayoutScan;
import dev.berth.registry.internal.store.LinkedRead;
import dev.berth.registry.internal.store.Links;
import dev.berth.registry.internal.store.Marks;
import dev.berth.registry.internal.store.ReferrerIndex;
import dev.berth.registry.internal.store.RegistryStore;
import dev.berth.registry.internal.store.RepairJournal;
import dev.berth.registry.internal.store.RepairReplay;
import dev.berth.registry.internal.store.Revisions;
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.internal.store.UploadRecords;
import dev.berth.registry.internal.trash.TrashWriter;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/** What the parts of one {@link StorageRegistry} share. */
final class Engine {
    final ObjectStore store;
    final StorageOptions options;
    final RegistryStore contents;
    final Links links;
    final BlobData data;
    final LinkedRead linked;
    final Revisions revisions;
    final LayoutScan layout;
    final RepairJournal journal;
    final Index index;
    final IndexState indexState;
    final ReferrerIndex referrers;
    final RepairReplay repairs;
    final Candidates candidates;
    final Marks marks;
    final Holds holds;
    final UploadRecords uploadRecords;
    final IncrementalDigests digests;
    final IdleUploads idleUploads;
    final TrashWriter trash;
    final Damage damage = new Damage();
    final ShortData shortData = new ShortData(this);

    final JournalReplay replay;

    /** Held while a push reads content to see whether it is damaged. */
    final ReentrantLock verifying = new ReentrantLock();

    private final ReentrantLock starting = new ReentrantLock();
    private volatile boolean started;
    private volatile boolean closed;

    Engine(ObjectStore store, StorageOptions options) {
        this.store = store;
        this.options = options;
        this.contents = new RegistryStore(
                store,
                options.clock(),
                options.nanoTime(),
                options.pause(),
                new MemoryBudget(options.manifestMemory()),
                options.manifestCacheBytes());
        this.links = contents.links();
        this.data = contents.data();
        this.linked = contents.linkedReads();
        this.revisions = contents.revisions();
        this.layout = contents.layout();
        this.journal = contents.journal();
        this.index = contents.index();
        this.indexState = contents.indexState();
        this.referrers = contents.referrers();
        this.repairs = contents.repairs();
        this.candidates = contents.candidates();
        this.marks = contents.marks();
        this.holds = contents.holds();
        this.uploadRecords = contents.uploadRecords();
        this.digests = new IncrementalDigests();
        this.replay = new JournalReplay(
                repairs,
                (repository, manifest, unlisted) -> new ManifestDelete(this, repository).lookAgain(manifest, unlisted));
        this.idleUploads = new IdleUploads(options.nanoTime());
        this.trash = new TrashWriter(
                store, contents.collectionEntries(), links, revisions, options.clock(), options.undelete());
    }

    /**
     * Runs a call from outside. The first one begins to complete what an earlier process may have left half done.
     *
     * @param what what it does, as the continuation of "The registry could not …"
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

    /** Checks that the store answers. Does not replay the journal: a long replay does not make the registry unhealthy. */
    void checkHealth() {
        requireOpen("check its storage");
        StoreCalls.act("check its storage", store::checkHealth);
    }

    /** Refuses all further calls, and ends the replay of the journal. Calls in progress are completed. */
    void close() {
        closed = true;
        replay.close();
    }

    private void start() throws IOException {
        starting.lock();
        try {
            if (!started) {
                indexState.complete();
                replay.begin();
                started = true;
            }
        } finally {
            starting.unlock();
        }
    }
}

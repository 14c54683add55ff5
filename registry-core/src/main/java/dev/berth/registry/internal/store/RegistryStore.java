package dev.berth.registry.internal.store;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.budget.MemoryBudget;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * An object store as a registry uses it: the parts that the engine and maintenance share, each made once and over the
 * same store. Thread-safe, as all its parts are.
 */
public final class RegistryStore {
    private final ObjectStore objects;
    private final Links links;
    private final BlobData data;
    private final Revisions revisions;
    private final LayoutScan layout;
    private final RepairJournal journal;
    private final Index index;
    private final IndexState indexState;
    private final RepairReplay repairs;
    private final Candidates candidates;
    private final Marks marks;
    private final Holds holds;

    /**
     * Does no I/O.
     *
     * @param nanoTime measures durations
     * @param pause lets a push wait while a collection removes what it pushes
     * @param memory what reading and parsing manifests may need at the same time
     * @param cacheBytes what manifests may take that are kept in memory; 0 for none
     */
    public RegistryStore(
            ObjectStore objects,
            InstantSource clock,
            LongSupplier nanoTime,
            Marks.Pause pause,
            MemoryBudget memory,
            long cacheBytes) {
        this.objects = objects;
        this.candidates = new Candidates(objects, clock);
        this.marks = new Marks(objects, candidates, clock, nanoTime, pause);
        this.holds = new Holds(objects, clock, nanoTime);
        this.links = new Links(objects);
        this.data = new BlobData(objects, new KnownContent(nanoTime));
        this.revisions = new Revisions(objects, links, data, memory, new ManifestCache(cacheBytes));
        this.layout = new LayoutScan(objects);
        this.journal = new RepairJournal(objects, clock);
        this.index = new Index(objects, links, revisions, journal);
        this.indexState = new IndexState(objects, layout, clock);
        this.repairs = new RepairReplay(objects, index, clock);
    }

    /** Returns the link files. */
    public Links links() {
        return links;
    }

    /** Returns the bytes of blobs and manifests. */
    public BlobData data() {
        return data;
    }

    /** Returns the reads that need both a link and its data. */
    public LinkedRead linkedReads() {
        return new LinkedRead(objects, links);
    }

    /** Returns the manifests. */
    public Revisions revisions() {
        return revisions;
    }

    /** Returns the scan of the layout, which works without the index. */
    public LayoutScan layout() {
        return layout;
    }

    /** Returns the repair journal. */
    public RepairJournal journal() {
        return journal;
    }

    /** Returns the index. */
    public Index index() {
        return index;
    }

    /** Returns the referrers in the index, with their descriptors. */
    public ReferrerIndex referrers() {
        return new ReferrerIndex(objects);
    }

    /** Returns whether the index can be relied on. */
    public IndexState indexState() {
        return indexState;
    }

    /** Returns the replay of the repair journal. */
    public RepairReplay repairs() {
        return repairs;
    }

    /** Returns what may have become garbage. */
    public Candidates candidates() {
        return candidates;
    }

    /** Returns the holds of those whom a mark cannot be trusted for long enough. */
    public Holds holds() {
        return holds;
    }

    /** Returns the marks of collection. */
    public Marks marks() {
        return marks;
    }

    /** Returns what writes the entries that lead collections. */
    public CollectionEntries collectionEntries() {
        return new CollectionEntries(objects, links, revisions, index);
    }

    /** Returns what a collection asks the index. */
    public CollectionIndex collectionIndex() {
        return new CollectionIndex(objects, index, collectionEntries());
    }

    /** Returns the records of uploads. */
    public UploadRecords uploadRecords() {
        return new UploadRecords(objects);
    }

    /**
     * Builds the index from the layout: {@link IndexRebuild}.
     *
     * @param progress is called with each repository that is done, in the calling thread
     * @return whether all repositories were looked at, and none was passed over since an earlier build had done it
     */
    public boolean rebuildIndex(Consumer<RepositoryName> progress) throws IOException {
        return new IndexRebuild(layout, revisions, index, collectionEntries(), indexState).run(progress);
    }
}

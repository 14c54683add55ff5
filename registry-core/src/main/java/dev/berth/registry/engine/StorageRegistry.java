package dev.berth.registry.engine;

import dev.berth.registry.Listing;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryIdentity;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.trash.TrashExpiry;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The hosting engine: a registry that keeps its content in an {@link ObjectStore}.
 *
 * <pre>{@code
 * try (ObjectStore store = MemoryObjectStore.create();
 *         Registry registry = StorageRegistry.over(store)) {
 *     …
 * }
 * }</pre>
 *
 * <p>The primary keys are those of {@code registry:2}: a store that {@code registry:2} wrote can be served as it is, and
 * the other way round. What a method has acknowledged is durable, whatever happens to this process. What was not
 * acknowledged is invisible. The layout and the order of all writes are in {@code registry-core/docs/storage-layout.md}
 * beside the sources.
 *
 * <p>Thread-safe. Any number of these registries may share a store, in as many processes as the store allows. The
 * host calls {@link #maintain} every few minutes. No threads are started, except a few that complete what an earlier
 * process has left half done, if that is much; they end with that work or with {@link #close}. Closing the registry does not
 * close the store.
 *
 * @since 0.1
 */
public final class StorageRegistry implements Registry {

    /** The largest manifest that {@link StorageOptions.Builder#maxManifestBytes} may allow, in bytes. */
    static final int LARGEST_MANIFEST = ObjectStore.MAX_PUT_BYTES;

    private final Engine engine;
    private final RegistryIdentity identity;

    private StorageRegistry(ObjectStore store, StorageOptions options) {
        EngineWarmUp.run();
        this.engine = new Engine(Objects.requireNonNull(store, "store"), options);
        this.identity = RegistryIdentity.of("store " + store.identity());
    }

    /** Returns a registry over a store, with the defaults of {@link StorageOptions}. */
    public static StorageRegistry over(ObjectStore store) {
        return over(store, StorageOptions.defaults());
    }

    /** Returns a registry over a store. Does no I/O: if the store does not work, the first call fails. */
    public static StorageRegistry over(ObjectStore store, StorageOptions options) {
        return new StorageRegistry(store, options);
    }

    @Override
    public StoredRepository repository(RepositoryName name) {
        return new StoredRepository(engine, Objects.requireNonNull(name, "name"));
    }

    @Override
    public Listing<RepositoryName, RepositoryName> repositories() {
        return Listing.of((after, wanted) -> engine.call("list repositories", () -> open(after, wanted)));
    }

    private Iterator<RepositoryName> open(Optional<RepositoryName> after, OptionalLong wanted) throws IOException {
        if (engine.indexState.complete()) {
            return engine.index.repositories(after, wanted);
        }
        List<RepositoryName> names = new ArrayList<>();
        Iterator<RepositoryName> found = engine.layout.repositories();
        while (found.hasNext()) {
            RepositoryName name = found.next();
            if ((after.isEmpty() || name.compareTo(after.get()) > 0) && engine.revisions.any(name)) {
                names.add(name);
            }
        }
        Collections.sort(names);
        return names.iterator();
    }

    /** Checks the store, which takes about one round trip. */
    @Override
    public void checkHealth() {
        engine.checkHealth();
    }

    /** Returns an identity that is the same for all registries over the same store. */
    @Override
    public RegistryIdentity identity() {
        return identity;
    }

    /**
     * Deletes uploads that have expired, completes deletions whose process died, and removes from the trash what was deleted
     * longer ago than {@link StorageOptions.Builder#undelete}. To be called every few minutes, by one process or by all that
     * share the store.
     *
     * @throws dev.berth.registry.RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if the storage
     *     fails; what was done until then remains done
     */
    public MaintenanceReport maintain() {
        return engine.call("do its maintenance", () -> {
            int expired = new UploadPurge(engine).run(engine.options.uploadExpiry());
            int completed = engine.replay.run();
            TrashExpiry trash = new TrashExpiry(engine.store, engine.contents.candidates(), engine.options.clock());
            return new MaintenanceReport(expired, completed, trash.expire(engine.options.undelete()));
        });
    }

    /** Returns what was deleted through registries over this store, and can be restored. Does no I/O. */
    public Trash trash() {
        return new Trash(engine, this);
    }

    /**
     * Returns how many times a blob was read through this object whose bytes did not have its digest. Each of these
     * readers got a {@link dev.berth.registry.BlobDamagedException} in the place of the last bytes.
     */
    public long damagedReads() {
        return engine.damage.reads();
    }

    /** Returns how often a manifest was read that was kept in memory: {@link StorageOptions.Builder#manifestCacheBytes}. */
    public CacheStatistics manifestCache() {
        return new CacheStatistics(
                engine.revisions.cacheHits(), engine.revisions.cacheMisses(), engine.revisions.cacheBytes());
    }

    /**
     * Returns whether listings come from the index. They do in a store that only Berth has written to. In a store that
     * {@code registry:2} wrote they come from the layout, and take longer the more it contains, until
     * {@link #rebuildIndex} has run.
     *
     * @throws dev.berth.registry.RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if the storage
     *     fails
     */
    public boolean indexComplete() {
        return engine.call("look at its index", engine.indexState::complete);
    }

    /**
     * Builds the index from the layout. Needed once for a store that {@code registry:2} wrote, and again after
     * {@code registry:2} has written into it. Registries of this kind may read and write meanwhile. A build that was
     * interrupted is resumed by the next call.
     *
     * @param progress is called with each repository that is done, in the calling thread
     * @throws dev.berth.registry.RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if the storage
     *     fails
     */
    public void rebuildIndex(Consumer<RepositoryName> progress) {
        engine.call("rebuild its index", () -> {
            engine.contents.rebuildIndex(progress);
            return true;
        });
    }

    /**
     * Refuses all further calls, and ends the completion of what an earlier process has left half done, which the next
     * start takes up again. Calls in progress are completed, and the store stays open.
     */
    @Override
    public void close() {
        engine.close();
    }

    /** Returns the identity of the store. */
    @Override
    public String toString() {
        return identity.toString();
    }
}

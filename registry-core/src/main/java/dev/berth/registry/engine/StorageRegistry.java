package dev.berth.registry.engine;

import dev.berth.registry.Listing;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryIdentity;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.Index;
import dev.berth.registry.internal.store.IndexRebuild;
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
 * <p>The primary keys are those of Docker's own registry, so a store that {@code registry:2} wrote is served as it
 * stands, and the other way round. The layout and the order of all writes are in
 * {@code registry-core/docs/storage-layout.md} beside the sources. What a method has acknowledged is durable, whatever
 * happens to this process; what it has not is invisible.
 *
 * <p>Thread-safe, and as many of these over one store, in as many processes, as the store allows. Starts no thread:
 * whoever hosts a registry calls {@link #maintain} now and then. Closing it does not close the store.
 */
public final class StorageRegistry implements Registry {

    /** The largest manifest that {@link StorageOptions.Builder#maxManifestBytes} may allow, in bytes. */
    static final int LARGEST_MANIFEST = ObjectStore.MAX_PUT_BYTES;

    private final Engine engine;
    private final RegistryIdentity identity;

    private StorageRegistry(ObjectStore store, StorageOptions options) {
        this.engine = new Engine(Objects.requireNonNull(store, "store"), options);
        this.identity = RegistryIdentity.of("store " + store.identity());
    }

    /** Returns a registry over a store, with the defaults of {@link StorageOptions}. */
    public static StorageRegistry over(ObjectStore store) {
        return over(store, StorageOptions.defaults());
    }

    /** Returns a registry over a store. Does no I/O: a store that does not work shows at the first call. */
    public static StorageRegistry over(ObjectStore store, StorageOptions options) {
        return new StorageRegistry(store, options);
    }

    @Override
    public Repository repository(RepositoryName name) {
        return new StoredRepository(engine, Objects.requireNonNull(name, "name"));
    }

    @Override
    public Listing<RepositoryName, RepositoryName> repositories() {
        return Listing.of((after, wanted) -> engine.call("list repositories", () -> open(after, wanted)));
    }

    private Iterator<RepositoryName> open(Optional<RepositoryName> after, OptionalLong wanted) throws IOException {
        if (engine.indexState.complete()) {
            return Index.repositories(engine.store, after, wanted);
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

    /** Asks the store about one key, which is one round trip. */
    @Override
    public void checkHealth() {
        engine.checkHealth();
    }

    /** Returns an identity that is equal for all registries over the same store. */
    @Override
    public RegistryIdentity identity() {
        return identity;
    }

    /**
     * Does what should be done every few minutes, in one node or in all: drops uploads that have expired, and finishes
     * deletions whose process died.
     *
     * @throws dev.berth.registry.RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if the storage
     *     fails; what was done until then stays done
     */
    public MaintenanceReport maintain() {
        return engine.call("do its maintenance", () -> {
            int expired =
                    new UploadPurge(engine).run(engine.options.clock().instant().minus(engine.options.uploadExpiry()));
            engine.repairs.replay();
            return new MaintenanceReport(expired);
        });
    }

    /**
     * Returns whether listings come from the index. They do in a store that only Berth has written to; in one that
     * {@code registry:2} wrote, they come from the layout, which takes longer the more there is, until
     * {@link #rebuildIndex} has run.
     *
     * @throws dev.berth.registry.RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if the storage
     *     fails
     */
    public boolean indexComplete() {
        return engine.call("look at its index", engine.indexState::complete);
    }

    /**
     * Builds the index from the layout. Needed once for a store that {@code registry:2} wrote, and again after it wrote
     * into a store of Berth's. Safe beside writers and readers of Berth's; may be interrupted, and then goes on where it
     * was.
     *
     * @param progress is told of each repository that is done, in the calling thread
     * @throws dev.berth.registry.RegistryException with {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if the storage
     *     fails
     */
    public void rebuildIndex(Consumer<RepositoryName> progress) {
        engine.call("rebuild its index", () -> {
            new IndexRebuild(engine.store, engine.layout, engine.revisions, engine.index, engine.indexState)
                    .run(progress);
            return true;
        });
    }

    /** Refuses all further calls. Does not close the store, which belongs to whoever made it. */
    @Override
    public void close() {
        engine.close();
    }

    /** Prints the store. */
    @Override
    public String toString() {
        return identity.toString();
    }
}

package dev.berth.registry.mirror;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RegistryIdentity;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.compose.Denial;
import dev.berth.registry.compose.DenyingRepository;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.internal.thread.DaemonThreads;
import dev.berth.registry.storage.ObjectStore;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A mirror: a registry that brings what is asked for from an upstream registry, keeps it, and goes on serving it when the
 * upstream registry does not answer.
 *
 * <pre>{@code
 * RemoteRegistry upstream = RemoteRegistry.at("registry.example");
 * MirrorOptions options = MirrorOptions.builder()
 *         .prefix(RepositoryName.parse("registry.example"))
 *         .fresh(Duration.ofMinutes(5))
 *         .budget(200_000_000_000L)
 *         .rateLimit(upstream::rateLimit)
 *         .build();
 * PullThrough mirror = PullThrough.of(upstream, StorageRegistry.over(store), store, options);
 * schedule.scheduleWithFixedDelay(mirror::maintain, 30, 30, TimeUnit.SECONDS);
 * }</pre>
 *
 * <p><b>Content</b> with a digest that is here is served without asking. A blob that is not here is downloaded once, however
 * many clients want it or parts of it, and each reads what has arrived. The last byte of each of them waits until the
 * digest is verified: if it is wrong, all readers get an exception, and nothing is kept. A download that breaks off or
 * stalls goes on where it was; it does not depend on any client.
 *
 * <p><b>Tags</b> are served without asking while they are fresh, and otherwise checked, by one request for all clients that
 * ask at that time. If the upstream registry fails, refuses, limits or does not answer in time, what is here is served, and
 * the {@link MirrorListener} is told. If nothing is here, clients get {@link ErrorCode#DENIED} for a refusal,
 * {@link ErrorCode#TOOMANYREQUESTS} or {@link ErrorCode#UNAVAILABLE}, and never that there is no such content. What the
 * upstream registry does not have is remembered for a short time.
 *
 * <p><b>Pushes</b> to mirrored repositories fail with {@link ErrorCode#UNSUPPORTED}; what is here of them may be deleted.
 * Other repositories are those of the local registry, as is the catalogue.
 *
 * <p><b>Rights</b> are for wrappers: whoever may read a repository through this object reads it with the credentials that
 * the upstream registry was given, and makes it download what it does not have.
 *
 * <p>Thread-safe. Any number of these objects over one store and with one name are the nodes of one mirror; each may
 * download the same once. Has threads of its own while it calls the upstream registry, unless it was given an executor.
 * Closing it closes none of the registries that it was made of.
 *
 * @since 0.1
 */
public final class PullThrough implements Registry {
    private final Registry upstream;
    private final Registry local;
    private final StorageRegistry cache;
    private final MirrorOptions options;
    private final MirrorContext context;
    private final RegistryIdentity identity;
    private final @Nullable ExecutorService ownThreads;

    private PullThrough(Registry upstream, Registry local, ObjectStore store, MirrorOptions options) {
        this.upstream = Objects.requireNonNull(upstream, "upstream");
        this.local = Objects.requireNonNull(local, "local");
        this.options = Objects.requireNonNull(options, "options");
        this.cache = StorageRegistry.over(
                store,
                // Manifests come before their blobs, and an index whose platforms nobody wants is kept without them.
                // What
                // is evicted is not to be restored.
                StorageOptions.builder()
                        .requireBlobs(false)
                        .requireManifests(false)
                        .undelete(Duration.ZERO)
                        .clock(options.clock())
                        .build());
        this.identity = RegistryIdentity.of("mirror " + options.name() + " over " + cache.identity());
        Executor executor;
        if (options.executor().isPresent()) {
            executor = options.executor().get();
            this.ownThreads = null;
        } else {
            this.ownThreads =
                    Executors.newCachedThreadPool(DaemonThreads.numbered("berth-mirror-" + options.name() + "-"));
            executor = ownThreads;
        }
        this.context = new MirrorContext(cache, store, options, executor);
    }

    /**
     * Returns a mirror. Does no I/O.
     *
     * @param upstream the registry that is mirrored; its client should not retry for longer than
     *     {@link MirrorOptions.Builder#checkDeadline}
     * @param local the registry for all other repositories, over the same store
     * @param store the store for what is mirrored, and for the records of that
     */
    public static PullThrough of(Registry upstream, Registry local, ObjectStore store, MirrorOptions options) {
        return new PullThrough(upstream, local, store, options);
    }

    @Override
    public Repository repository(RepositoryName name) {
        Optional<RepositoryName> there = options.upstreamName(name);
        if (there.isEmpty()) {
            return local.repository(name);
        }
        if (!options.allows(there.get())) {
            return new DenyingRepository(name, notMirrored(name));
        }
        MirrorSite site = new MirrorSite(name, there.get(), cache.repository(name), upstream.repository(there.get()));
        return new MirroredRepository(context, site, PullThrough::readOnly);
    }

    private Denial notMirrored(RepositoryName name) {
        return operation -> {
            context.listener().refused(name);
            return RegistryException.of(
                    ErrorCode.DENIED,
                    "You may not " + operation + ": this mirror does not mirror the repository; ask its operator to"
                            + " allow it");
        };
    }

    private static RegistryException readOnly(String operation) {
        return RegistryException.of(
                ErrorCode.UNSUPPORTED,
                "It is not possible to " + operation + ": the repository is a mirror of another registry; push to that"
                        + " registry, or to another repository");
    }

    /** Lists the repositories that are here: those of the local registry, and of mirrored ones those with a manifest. */
    @Override
    public Listing<RepositoryName, RepositoryName> repositories() {
        return local.repositories();
    }

    /** Returns an identity that no other registry has: what is mirrored is mounted nowhere. */
    @Override
    public RegistryIdentity identity() {
        return identity;
    }

    /** Checks the local registry. A mirror serves what it has without the upstream registry. */
    @Override
    public void checkHealth() {
        local.checkHealth();
    }

    /** Returns the name of this mirror, see {@link MirrorOptions.Builder#name}. */
    public String name() {
        return options.name();
    }

    /** Returns the name below which this mirror is, see {@link MirrorOptions.Builder#prefix}; empty if it has none. */
    public Optional<RepositoryName> prefix() {
        return options.prefix();
    }

    /**
     * Writes when images were used last, looks what other nodes have brought, and evicts what exceeds the budget. To be
     * called every 30 seconds or so, by each node. A crash loses the uses since the last call, which changes at most what is
     * evicted first.
     *
     * @throws RegistryException with {@link ErrorCode#UNAVAILABLE} or {@link ErrorCode#INSUFFICIENT_STORAGE} if the
     *     storage fails; the next call tries again
     */
    public void maintain() {
        context.shelf().maintain();
    }

    /**
     * Returns what this mirror holds. The first call reads its records, and may take a while.
     *
     * @throws RegistryException with {@link ErrorCode#UNAVAILABLE} if the storage fails
     */
    public MirrorStatus status() {
        context.shelf().load();
        return context.shelf().status(context.flights().size());
    }

    /** Ends all downloads of this object, and refuses further calls. The registries that it was made of stay open. */
    @Override
    public void close() {
        if (ownThreads != null) {
            ownThreads.shutdownNow();
        }
        cache.close();
    }

    /** Prints the name of the mirror. */
    @Override
    public String toString() {
        return identity.toString();
    }
}

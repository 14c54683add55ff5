package dev.berth.registry.host;

import dev.berth.registry.Registry;
import dev.berth.registry.access.RequestViews;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.audit.AuditOrigin;
import dev.berth.registry.audit.Audited;
import dev.berth.registry.audit.store.AuditStore;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.pulls.PullStatistics;
import dev.berth.registry.quota.Quotas;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.storage.ObjectStore;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A registry over a store with everything around it: the layers in front of the engine, in the order that is right, and the
 * work that keeps the store in order.
 *
 * <pre>{@code
 * try (var hosted = HostedRegistry.builder(store)
 *                 .collection(CollectionSchedule.defaults())
 *                 .scrub(ScrubSchedule.defaults())
 *                 .build();
 *         var server = hosted.server().listen("127.0.0.1", 5000).build()) {
 *     server.start();
 *     hosted.start();
 *     …
 * }
 * }</pre>
 *
 * <p><b>Layers</b>, from the client inwards:
 *
 * <ol>
 *   <li>the view of the caller, with access control if there is any;
 *   <li>events and audit of the request;
 *   <li>what clients may not do at all ({@link HostedRegistryBuilder#readOnly}, {@link HostedRegistryBuilder#withoutDeletion});
 *   <li>numbers of pulls;
 *   <li>{@linkplain HostedRegistryBuilder#admission gates}, such as those of signatures and findings;
 *   <li>{@linkplain HostedRegistryBuilder#mirrors mirrors and routers};
 *   <li>rules for tags;
 *   <li>quotas;
 *   <li>{@linkplain HostedRegistryBuilder#storage layers of the storage};
 *   <li>the engine.
 * </ol>
 *
 * <p>So what a gate, a rule or a quota refuses is an event of the audit and no other, and counts nowhere; a gate judges also what a
 * mirror has brought; and rules and quotas hold for what is pushed here, and not for what a mirror brings.
 * {@linkplain HostedRegistryBuilder#replication Replication} works behind the mirrors, so that it carries over what is here;
 * retention deletes through them, so that they know what is gone.
 *
 * <p><b>Access control</b> stands in front of {@link #views}: with {@code AccessControl} of {@code registry-access} this is
 * {@code hosted.server(views -> AccessControl.builder(views)….build().server())}.
 *
 * <p><b>Work</b> runs from {@link #start} to {@link #close}; before, there is no thread. It is what the builder was told, and
 * what every registry needs: abandoned uploads go, and a missing index is built. Any number of processes over one store may
 * do it. A run that fails is logged, and the next one goes on.
 *
 * <p>Closing it leaves the store open, and what its builder was given. Thread-safe.
 *
 * @since 0.1
 */
public final class HostedRegistry implements AutoCloseable {
    private final HostedLayers layers;
    private final HostParts parts;
    private final HostedMaintenance maintenance;
    private final HostMetrics metrics;
    private final HostEvents events;
    private final AuditListener audit;
    private final HostedRegistryBuilder settings;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean started;
    private boolean closed;

    HostedRegistry(
            HostedLayers layers,
            HostParts parts,
            HostedMaintenance maintenance,
            HostMetrics metrics,
            HostEvents events,
            HostedRegistryBuilder settings) {
        this.layers = layers;
        this.parts = parts;
        this.maintenance = maintenance;
        this.metrics = metrics;
        this.events = events;
        this.audit = settings.audited();
        this.settings = settings;
    }

    /** Returns a builder of a registry over a store, which stays open. */
    public static HostedRegistryBuilder builder(ObjectStore store) {
        return new HostedRegistryBuilder(Objects.requireNonNull(store, "store"));
    }

    /**
     * Returns the registry for the code of this process. Rules, quotas and gates hold for it, and it publishes and audits what
     * is done; nobody checks rights.
     *
     * @param actor who does it, for events and audit
     */
    public Registry registry(String actor) {
        Registry view = events.toldBy(layers.admitted(), actor);
        return AuditListener.isNone(audit)
                ? view
                : Audited.of(view, AuditOrigin.ofCaller(actor), audit, settings.clockOrSystem());
    }

    /** Returns the views for requests, in front of which access control may stand. */
    public RequestViews views() {
        RequestViews views = RequestViews.of(layers.forClients());
        return events.toldBy(AuditListener.isNone(audit) ? views : views.audited(audit));
    }

    /** Returns a builder for a server to which every caller may do everything that the registry lets anybody do. */
    public RegistryServer.Builder server() {
        return server(RegistryServer::builder);
    }

    /**
     * Returns a builder for a server that knows callers.
     *
     * @param access makes the builder of a server of the views; what this registry needs of a server is added to it
     */
    public RegistryServer.Builder server(Function<? super RequestViews, RegistryServer.Builder> access) {
        RegistryServer.Builder server = access.apply(views());
        metrics.requests().ifPresent(server::observer);
        parts.filters().forEach(server::filter);
        if (settings.clock != null) {
            server.clock(settings.clock);
        }
        return server.onFatalError(settings.fatalErrors);
    }

    /** Returns the handler of a {@link #server()}, to be mounted in another server. It starts nothing. */
    public RegistryHandler handler() {
        return server().build().handler();
    }

    /** Returns the engine, for maintenance by hand. What is done through it is neither counted nor published. */
    public StorageRegistry engine() {
        return parts.engine();
    }

    /** Returns what keeps the storage in order, to be looked at, and begun by hand. */
    public HostedMaintenance maintenance() {
        return maintenance;
    }

    /** Returns the audit in the store, if it is kept: {@link HostedRegistryBuilder#auditStore}. */
    public Optional<AuditStore> auditStore() {
        return Optional.ofNullable(settings.auditStore).filter(any -> !settings.readOnly);
    }

    /** Returns the quotas, if there are any, or if {@linkplain HostedRegistryBuilder#countStorage all is counted}. */
    public Optional<Quotas> quotas() {
        return layers.quotas();
    }

    /** Returns the numbers of pulls, those of other processes over the store included. */
    public PullStatistics pulls() {
        return layers.pulls();
    }

    /**
     * Starts the work in the background, and webhooks if there are any.
     *
     * @throws IllegalStateException if it was started or closed before
     * @throws RuntimeException what a part throws that cannot begin; {@link #close} ends those that have begun
     */
    public void start() {
        lock.lock();
        try {
            if (started || closed) {
                throw new IllegalStateException("A hosted registry can be started only once, before it is closed");
            }
            started = true;
            parts.start();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Begins to end what may take long, so that it ends while a server lets requests finish. Does not wait, and has no effect
     * on requests. Idempotent.
     */
    public void end() {
        lock.lock();
        try {
            if (!closed) {
                parts.end();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the work within seconds, and writes what is only in memory: numbers of pulls, use of quotas. What is not complete
     * goes on after the next start. To be called when no request is in progress any more. Idempotent.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                parts.end();
                parts.close();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Prints the store. */
    @Override
    public String toString() {
        return "HostedRegistry[" + parts.store() + "]";
    }
}

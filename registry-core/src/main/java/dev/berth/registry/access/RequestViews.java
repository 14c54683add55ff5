package dev.berth.registry.access;

import dev.berth.registry.Registry;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.audit.Audited;
import dev.berth.registry.audit.RefusalFlood;
import dev.berth.registry.compose.Observed;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.EventFactory;
import dev.berth.registry.event.EventSink;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResolver;
import dev.berth.registry.server.RequestedAccess;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives each request a view of one registry that knows the request: it publishes events with the caller, the address and the
 * id of the request, and tells an audit what is deleted and what is refused. Immutable and thread-safe.
 *
 * <p>For a server without access control. {@link Authorized#resolver(RegistryResolver, AccessPolicy, AuditListener)} puts
 * access control in front of it:
 *
 * <pre>{@code
 * RequestViews views = RequestViews.of(registry)
 *         .publishing(sink, EventContext.builder().instance("registry-1").build())
 *         .audited(AuditLog.toLogger());
 * RegistryServer.Builder server = RegistryServer.builder(views);
 * }</pre>
 *
 * @since 0.1
 */
public final class RequestViews implements RegistryResolver {
    private final Registry registry;
    private final AuditListener audit;
    private final @Nullable Publication publication;

    /** Where events go, and what they have in common. */
    private record Publication(EventSink sink, EventContext process, EventFactory factory) {
        Publication {
            Objects.requireNonNull(sink, "sink");
            Objects.requireNonNull(process, "process");
            Objects.requireNonNull(factory, "factory");
        }
    }

    private RequestViews(Registry registry, AuditListener audit, @Nullable Publication publication) {
        this.registry = Objects.requireNonNull(registry, "registry");
        this.audit = audit;
        this.publication = publication;
    }

    /** Returns what gives each request the registry itself, which is not closed with the server. */
    public static RequestViews of(Registry registry) {
        return new RequestViews(registry, AuditListener.none(), null);
    }

    /**
     * Returns views that publish what is done through them, as {@link Observed} does.
     *
     * @param sink is not closed with the server
     * @param process what all events have in common: {@link EventContext#instance()}
     */
    public RequestViews publishing(EventSink sink, EventContext process) {
        return publishing(sink, process, EventFactory.system());
    }

    /**
     * Returns views that publish what is done through them, as {@link Observed} does.
     *
     * @param sink is not closed with the server
     * @param process what all events have in common: {@link EventContext#instance()}
     * @param factory gives events their time and their id
     */
    public RequestViews publishing(EventSink sink, EventContext process, EventFactory factory) {
        return new RequestViews(registry, audit, new Publication(sink, process, factory));
    }

    /**
     * Returns views that tell a listener of deletions and refusals, as {@link Audited} does, but not of each refusal in a
     * flood.
     */
    public RequestViews audited(AuditListener listener) {
        return new RequestViews(registry, RefusalFlood.limiting(listener, InstantSource.system()), publication);
    }

    /** Returns the registry behind the views, whose use is neither published nor audited. */
    public Registry registry() {
        return registry;
    }

    /** Returns who is told of deletions and refusals. */
    public AuditListener audit() {
        return audit;
    }

    @Override
    public Registry resolve(Caller caller, RequestedAccess access, RegistryRequest request) {
        Registry view = registry;
        if (publication != null) {
            // Whoever has a route of its own, such as pages, knows its callers itself.
            EventContext context = RequestContext.of(publication.process, request).toBuilder()
                    .actor(caller.name())
                    .build();
            view = Observed.of(view, context, publication.sink, publication.factory);
        }
        return AuditListener.isNone(audit) ? view : Audited.of(view, RequestOrigin.of(caller, request), audit);
    }
}

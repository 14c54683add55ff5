package dev.berth.registry.compose;

import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.EventFactory;
import dev.berth.registry.event.EventSink;
import dev.berth.registry.event.RegistryListener;
import java.util.concurrent.Executor;

/**
 * A registry that publishes an event for each change and each access that is made through it, after it is made: a
 * change is durable by then. As thread-safe as the registry behind it.
 *
 * <p>A push of a manifest that fails after it has stored something publishes what was stored, see
 * {@link dev.berth.registry.RegistryException#stored()}. A call fails if the sink does; see {@link EventSink#publish}.
 *
 * <p>A view is cheap. A server creates one for each request, so that events state who made which request from where:
 *
 * <pre>{@code
 * EventSink sink = EventQueue.of(listener, executor);
 * EventContext process = EventContext.builder().instance("registry-1").build();
 * RegistryResolver resolver =
 *     (caller, access, request) -> Observed.of(registry, RequestContext.of(process, request), sink);
 * }</pre>
 *
 * @since 0.1
 */
public final class Observed extends ForwardingRegistry {
    private final EventPublisher publisher;

    private Observed(Registry delegate, EventPublisher publisher) {
        super(delegate);
        this.publisher = publisher;
    }

    /**
     * Returns a view of a registry with an {@link EventQueue} of its own: for a registry that is used by one actor.
     *
     * @param actor the name of the user of the view, empty for an anonymous caller
     * @param executor calls the listener, in other threads than those that use the view
     */
    public static Registry of(Registry registry, String actor, RegistryListener listener, Executor executor) {
        return of(registry, EventContext.ofActor(actor), EventQueue.of(listener, executor));
    }

    /**
     * Returns a view of a registry that publishes its events to a sink.
     *
     * @param context the circumstances of all calls that are made through the view
     * @param sink many views may share it; it is not closed by any of them
     */
    public static Registry of(Registry registry, EventContext context, EventSink sink) {
        return of(registry, context, sink, EventFactory.system());
    }

    /**
     * Returns a view of a registry that publishes its events to a sink.
     *
     * @param context the circumstances of all calls that are made through the view
     * @param sink many views may share it; it is not closed by any of them
     * @param factory gives events their time and their id; views that share a sink should share it, too
     */
    public static Registry of(Registry registry, EventContext context, EventSink sink, EventFactory factory) {
        return new Observed(registry, new EventPublisher(sink, context, factory));
    }

    @Override
    public Repository repository(RepositoryName name) {
        return new ObservedRepository(delegate().repository(name), publisher);
    }
}

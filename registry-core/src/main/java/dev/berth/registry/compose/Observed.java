package dev.berth.registry.compose;

import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.event.RegistryListener;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * A registry that tells a listener what is done through it, after it is done: what the listener hears of is durable, or
 * was handed out. As thread-safe as the registry behind it.
 */
public final class Observed extends ForwardingRegistry {
    private final Teller teller;

    private Observed(Registry delegate, Teller teller) {
        super(delegate);
        this.teller = teller;
    }

    /**
     * Returns a view of the registry which has its events told by a queue of its own; see {@link EventQueue#of}.
     *
     * @param actor who uses the view, for the events; empty for an anonymous caller
     * @param executor calls the listener, in other threads than those that use the view
     */
    public static Registry of(Registry registry, String actor, RegistryListener listener, Executor executor) {
        return of(registry, actor, EventQueue.of(listener, executor), InstantSource.system());
    }

    /**
     * Returns a view of the registry which has its events told by this queue, as other views may.
     *
     * @param actor who uses the view, for the events; empty for an anonymous caller
     * @param clock tells when things happen
     */
    public static Registry of(Registry registry, String actor, EventQueue queue, InstantSource clock) {
        return new Observed(registry, new Teller(queue, clock, Objects.requireNonNull(actor, "actor")));
    }

    @Override
    public Repository repository(RepositoryName name) {
        return new ObservedRepository(delegate().repository(name), teller);
    }
}

package dev.berth.registry.client.http;

import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.internal.transport.Origin;
import java.util.function.Predicate;

/**
 * Which servers may be on this machine. A registry names addresses: by redirects, by the realm of a challenge, as the
 * place of an upload. A registry elsewhere must not lead to what listens on this machine for this machine only, or to what
 * a cloud tells it alone. Such an address may be
 *
 * <ul>
 *   <li>the registry itself;
 *   <li>any, if the registry is here too: by its name, or as the connection of its last response shows;
 *   <li>one that the options name.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class LocalServers implements Predicate<Origin> {
    private final Origin registry;
    private final Predicate<Origin> named;
    private volatile boolean registryIsHere;

    /**
     * @param registry where the registry is
     * @param named the servers that the options name, for whatever reason
     */
    public LocalServers(Origin registry, Predicate<Origin> named) {
        this.registry = registry;
        this.named = named;
    }

    /** Notes where a response came from. */
    public void note(IncomingResponse response) {
        if (Origin.of(response.address()).equals(registry)) {
            registryIsHere = response.isFromHere();
        }
    }

    /** Returns whether a server may be on this machine. */
    @Override
    public boolean test(Origin server) {
        return server.equals(registry) || registry.isLoopback() || registryIsHere || named.test(server);
    }
}

package dev.berth.registry.client.http;

import dev.berth.registry.internal.transport.Origin;

/**
 * The hosts that may be reached by plain HTTP: this machine, if it may be reached at all, and those that the options name.
 *
 * @param named the hosts that the options name
 * @param local which servers may be on this machine
 */
public record InsecureHosts(NamedHosts named, LocalServers local) {

    /** Returns whether a request may be sent to an origin: by TLS, to this machine, or to a host that is named. */
    public boolean allows(Origin origin) {
        return origin.isSecure() || named.contains(origin) || origin.isLoopback() && local.test(origin);
    }
}

package dev.berth.registry.client.http;

import dev.berth.registry.internal.transport.Origin;
import java.util.HashSet;
import java.util.Set;

/**
 * The hosts that may be reached by plain HTTP: this machine, and those that the options name.
 *
 * @param named the hosts that the options name
 */
public record InsecureHosts(NamedHosts named) {

    /** Returns whether the options name the host of an origin. */
    public boolean isNamed(Origin origin) {
        return named.contains(origin);
    }

    /** Returns these and one more. */
    public InsecureHosts and(Origin origin) {
        Set<String> more = new HashSet<>(named.hosts());
        more.add(NamedHosts.withoutFinalDot(origin.host()) + ":" + origin.port());
        return new InsecureHosts(new NamedHosts(more));
    }

    /** Returns whether a request may be sent to an origin: by TLS, to this machine, or to a host that is named. */
    public boolean allows(Origin origin) {
        return origin.isSecure() || origin.isLoopback() || isNamed(origin);
    }
}

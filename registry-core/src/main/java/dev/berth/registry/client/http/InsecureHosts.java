package dev.berth.registry.client.http;

import dev.berth.registry.internal.transport.Origin;
import java.util.HashSet;
import java.util.Set;

/**
 * With whom plain HTTP may be spoken: this machine, and hosts that were named for it.
 *
 * @param hosts with their ports, or without for all ports
 */
public record InsecureHosts(Set<String> hosts) {

    public InsecureHosts {
        hosts = Set.copyOf(hosts);
    }

    public boolean isNamed(Origin origin) {
        return hosts.contains(origin.host()) || hosts.contains(origin.host() + ":" + origin.port());
    }

    /** Returns these and one more. */
    public InsecureHosts and(Origin origin) {
        Set<String> more = new HashSet<>(hosts);
        more.add(origin.host() + ":" + origin.port());
        return new InsecureHosts(more);
    }

    /** Returns whether something secret may be sent there. */
    public boolean allows(Origin origin) {
        return origin.isSecure() || origin.isLoopback() || isNamed(origin);
    }
}

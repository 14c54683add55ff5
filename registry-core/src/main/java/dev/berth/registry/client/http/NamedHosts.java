package dev.berth.registry.client.http;

import dev.berth.registry.internal.transport.Origin;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Hosts that options name, each for one of its ports or for all of them.
 *
 * @param hosts each with a port, or without one for all ports
 */
public record NamedHosts(Set<String> hosts) {

    public NamedHosts {
        hosts = Set.copyOf(hosts);
    }

    /**
     * Normalizes the name of a host, with or without a port: lower case, an internationalized name in its ASCII form,
     * and no dot at the end.
     *
     * @throws IllegalArgumentException if the text is anything else, such as a URL or a pattern
     */
    public static String normalize(String text) {
        try {
            URI uri = new URI("any://" + IDN.toASCII(text.strip()).toLowerCase(Locale.ROOT));
            boolean nothingElse = uri.getRawUserInfo() == null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            int port = uri.getPort();
            if (uri.getHost() != null && nothingElse && port != 0 && port <= 65535) {
                String host = withoutFinalDot(uri.getHost());
                return port < 0 ? host : host + ":" + port;
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            // Told below.
        }
        throw new IllegalArgumentException("A host is named as host or host:port, without scheme, path and wildcard");
    }

    /** Returns whether the host of an origin is named, for all ports or for this one. */
    public boolean contains(Origin origin) {
        String host = withoutFinalDot(origin.host());
        return hosts.contains(host) || hosts.contains(host + ":" + origin.port());
    }

    /** Returns these and one more. */
    public NamedHosts and(Origin origin) {
        Set<String> more = new HashSet<>(hosts);
        more.add(withoutFinalDot(origin.host()) + ":" + origin.port());
        return new NamedHosts(more);
    }

    /** Returns a host without the dot that makes a domain name absolute. */
    public static String withoutFinalDot(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}

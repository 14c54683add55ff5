package dev.berth.registry.internal.transport;

import java.net.URI;
import java.util.Locale;

/**
 * The origin of an address (RFC 6454): scheme, host and port. Prints as an address without the scheme's default port.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case; an IPv6 address in brackets
 * @param port the port, also if it is the scheme's default
 */
public record Origin(String scheme, String host, int port) {

    /** Converts scheme and host to lower case. */
    public Origin {
        scheme = scheme.toLowerCase(Locale.ROOT);
        host = host.toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("An address must begin with http:// or https://");
        }
        if (host.isEmpty() || port < 1 || port > 65535) {
            throw new IllegalArgumentException("An address needs a host, and a port from 1 to 65535");
        }
    }

    /**
     * Returns the origin of an address.
     *
     * @throws IllegalArgumentException if it has none
     */
    public static Origin of(URI address) {
        if (address.getScheme() == null || address.getHost() == null) {
            throw new IllegalArgumentException("An address needs a scheme and a host");
        }
        int port = address.getPort();
        if (port < 0) {
            port = address.getScheme().equalsIgnoreCase("https") ? 443 : 80;
        }
        return new Origin(address.getScheme(), address.getHost(), port);
    }

    /** Returns whether the scheme is {@code https}. */
    public boolean isSecure() {
        return scheme.equals("https");
    }

    /** Returns the host, with the port unless it is the scheme's default. */
    public String authority() {
        boolean usual = port == (isSecure() ? 443 : 80);
        return usual ? host : host + ":" + port;
    }

    /** Returns whether the host is a loopback name or address; see {@link #isLoopback(String)}. */
    public boolean isLoopback() {
        return isLoopback(host);
    }

    /** Returns whether a host is a loopback name or address: {@code localhost}, 127.0.0.0/8, ::1. Resolves nothing. */
    public static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("::1")
                || name.equals("[::1]")
                || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }

    @Override
    public String toString() {
        return scheme + "://" + authority();
    }
}

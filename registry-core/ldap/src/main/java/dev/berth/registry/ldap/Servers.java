package dev.berth.registry.ldap;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a directory is.
 *
 * @param startTls whether connections by {@code ldap} change to TLS before anything else is sent
 * @param certificates a PEM file of the authorities that are trusted instead of those of the JVM
 */
record Servers(List<Server> servers, boolean startTls, Optional<Path> certificates) {
    private static final Pattern ADDRESS = Pattern.compile("127\\.\\d+\\.\\d+\\.\\d+|\\[?::1]?");

    /** One server of a directory. */
    record Server(String host, int port, boolean tls) {
        private static final int PORT = 389;
        private static final int TLS_PORT = 636;

        static Server of(URI url) {
            String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            boolean tls = scheme.equals("ldaps");
            boolean onlyServer = url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && (url.getRawPath() == null || url.getRawPath().matches("/?"));
            if (!tls && !scheme.equals("ldap") || url.getHost() == null || !onlyServer) {
                throw new IllegalArgumentException("The URL of a directory is ldap://host:port or ldaps://host:port");
            }
            String host = url.getHost().replaceAll("^\\[|]$", "");
            return new Server(host, url.getPort() < 0 ? (tls ? TLS_PORT : PORT) : url.getPort(), tls);
        }

        boolean isLoopback() {
            return host.equalsIgnoreCase("localhost") || ADDRESS.matcher(host).matches() && loopbackAddress();
        }

        private boolean loopbackAddress() {
            try {
                // An address is not looked up.
                return InetAddress.getByName(host).isLoopbackAddress();
            } catch (UnknownHostException e) {
                return false;
            }
        }

        @Override
        public String toString() {
            return (tls ? "ldaps://" : "ldap://") + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    Servers {
        servers = List.copyOf(servers);
    }

    void requireSafe(boolean allowPlaintext) {
        if (startTls && servers.stream().anyMatch(Server::tls)) {
            throw new IllegalArgumentException("StartTLS is for ldap:// URLs; ldaps:// has TLS from the beginning");
        }
        if (!startTls && !allowPlaintext) {
            servers.stream()
                    .filter(server -> !server.tls() && !server.isLoopback())
                    .findFirst()
                    .ifPresent(server -> {
                        throw new IllegalArgumentException("Passwords would be readable on the way to " + server
                                + ": use ldaps:// or StartTLS, or allow plaintext in a network that you trust");
                    });
        }
    }
}

package dev.berth.registry.client;

import dev.berth.registry.Reference;
import dev.berth.registry.internal.transport.Origin;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A registry as people name it, and where it is.
 *
 * @param name as references and credential files have it: host, or host and port
 * @param scheme {@code http} or {@code https} if that was said
 * @param host where it is
 * @param port the port; empty for that of the scheme
 */
record RegistryEndpoint(String name, Optional<String> scheme, String host, Optional<Integer> port) {
    private static final Set<String> HUB_NAMES =
            Set.of(Reference.DEFAULT_REGISTRY, "index.docker.io", "registry-1.docker.io");
    private static final String HUB_HOST = "registry-1.docker.io";

    /**
     * Parses {@code host}, {@code host:port}, or one of them behind {@code https://} or {@code http://}.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    static RegistryEndpoint parse(String text) {
        URI uri;
        try {
            uri = new URI(text.contains("://") ? text : "any://" + text);
        } catch (URISyntaxException e) {
            throw malformed();
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        boolean nothingElse = uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
        if (!Set.of("any", "http", "https").contains(scheme) || uri.getHost() == null || !nothingElse) {
            throw malformed();
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        Optional<String> said = Optional.of(scheme).filter(name -> !name.equals("any"));
        if (HUB_NAMES.contains(host) && uri.getPort() < 0) {
            return new RegistryEndpoint(Reference.DEFAULT_REGISTRY, said, HUB_HOST, Optional.empty());
        }
        if (uri.getPort() == 0 || uri.getPort() > 65535) {
            throw malformed();
        }
        Optional<Integer> port = uri.getPort() < 0 ? Optional.empty() : Optional.of(uri.getPort());
        return new RegistryEndpoint(host + port.map(number -> ":" + number).orElse(""), said, host, port);
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("A registry is written as host or host:port, possibly behind https:// or"
                + " http://; no path, and no user name");
    }

    /**
     * Returns where to connect to.
     *
     * @param plain whether plain HTTP is spoken where nothing was said
     */
    Origin origin(boolean plain) {
        String spoken = scheme.orElse(plain ? "http" : "https");
        return new Origin(spoken, host, port.orElse(spoken.equals("https") ? 443 : 80));
    }
}

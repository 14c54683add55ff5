package dev.berth.registry.internal.transport;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * The address of a proxy, with the credentials for it. Never prints the password.
 *
 * @param host the host
 * @param port the port
 * @param user the user name; empty for none
 * @param password the password
 */
record ProxyAddress(String host, int port, String user, String password) {
    private static final int DEFAULT_PORT = 80;

    /**
     * Parses the value of a variable: an address, or host and port.
     *
     * @throws IllegalArgumentException if it is neither; the message does not repeat it, since it may hold a password
     */
    static ProxyAddress parse(String value) {
        URI uri;
        try {
            uri = new URI(value.contains("://") ? value : "http://" + value);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("it is not an address such as http://host:port");
        }
        if (!"http".equalsIgnoreCase(uri.getScheme())) {
            throw new IllegalArgumentException(
                    "it names a proxy of the kind " + uri.getScheme() + "; only http:// is supported");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("it has no host; write it as http://host:port");
        }
        String user = "";
        String password = "";
        if (uri.getRawUserInfo() != null) {
            int colon = uri.getRawUserInfo().indexOf(':');
            user = decode(
                    colon < 0 ? uri.getRawUserInfo() : uri.getRawUserInfo().substring(0, colon));
            password = colon < 0 ? "" : decode(uri.getRawUserInfo().substring(colon + 1));
        }
        return new ProxyAddress(uri.getHost(), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(), user, password);
    }

    private static String decode(String text) {
        // A plus sign is not a blank here.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    boolean hasCredentials() {
        return !user.isEmpty();
    }

    String authority() {
        return host + ":" + port;
    }

    @Override
    public String toString() {
        return authority();
    }
}

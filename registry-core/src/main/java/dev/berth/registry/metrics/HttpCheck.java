package dev.berth.registry.metrics;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Checks whether another server answers {@code HEAD} with a status. Redirects are not followed. Immutable.
 *
 * @since 0.1
 */
public final class HttpCheck implements HealthCheck {
    private static final int OK = 200;

    private final URI uri;
    private final int status;
    private final Duration timeout;
    private final List<Map.Entry<String, String>> headers;

    private HttpCheck(URI uri, int status, Duration timeout, List<Map.Entry<String, String>> headers) {
        this.uri = uri;
        this.status = status;
        this.timeout = timeout;
        this.headers = headers;
    }

    /**
     * Returns a check that expects the status 200 within 5 seconds.
     *
     * @param uri of HTTP or HTTPS
     * @throws IllegalArgumentException if it is of anything else
     */
    public static HttpCheck of(URI uri) {
        String scheme = String.valueOf(uri.getScheme());
        if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https") || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "A health check by HTTP needs an address that begins with http:// or https://");
        }
        return new HttpCheck(uri, OK, Duration.ofSeconds(5), List.of());
    }

    /** Returns this check with another status to expect. */
    public HttpCheck expecting(int newStatus) {
        return new HttpCheck(uri, newStatus, timeout, headers);
    }

    /** Returns this check with another time to wait for a connection, and for the answer. */
    public HttpCheck within(Duration newTimeout) {
        return new HttpCheck(uri, status, Objects.requireNonNull(newTimeout, "newTimeout"), headers);
    }

    /** Returns this check with a header field more. */
    public HttpCheck withHeader(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new HttpCheck(uri, status, timeout, List.copyOf(more));
    }

    @Override
    public void check() throws IOException, UnhealthyException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestMethod("HEAD");
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout(millis(timeout));
        connection.setReadTimeout(millis(timeout));
        headers.forEach(header -> connection.addRequestProperty(header.getKey(), header.getValue()));
        try {
            int answered = connection.getResponseCode();
            if (answered != status) {
                throw new UnhealthyException("The server answered " + answered + " instead of " + status);
            }
        } finally {
            connection.disconnect();
        }
    }

    /** Returns a time as sockets take it: 0 would be for ever. */
    static int millis(Duration timeout) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis()));
    }

    /** Returns text without the address, which may hold a secret. */
    @Override
    public String toString() {
        return "HttpCheck[" + uri.getHost() + "]";
    }
}
